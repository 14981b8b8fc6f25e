namespace Tokenfall.EndToEnd.Tests.Client;

/// <summary>The smallest page that uses the package: it asks, shows text and state, stops, and hears of other tabs.</summary>
internal static class ClientPage
{
    public const string Html = """
        <!doctype html>
        <meta charset="utf-8">
        <title>Client</title>
        <link rel="icon" href="data:,">
        <button id="ask">Ask</button>
        <button id="stop">Stop</button>
        <p id="text"></p>
        <p id="states"></p>
        <p id="error"></p>
        <script type="module">
          import { ask, attach } from '/client/index.js';
          import { publishRun, subscribeToRuns } from '/client/tabs.js';

          const byId = (id) => document.getElementById(id);
          const options = {
            onState: (state) => byId('states').append(`${state} `),
            onText: (text) => byId('text').append(text),
          };
          async function follow(answer) {
            byId('stop').onclick = () => answer.stop();
            publishRun('conversation', answer);
            sessionStorage.run = await answer.accepted;
            const { error } = await answer.finished;
            byId('error').textContent = error ? `${error.code} ${error.status}` : '';
          }
          byId('ask').onclick = () => follow(ask('/ask/stream', { prompt: 'Hi' }, options));
          if (sessionStorage.run) follow(attach(sessionStorage.run, options));
          else subscribeToRuns('conversation', ({ url }) => follow(attach(url, options)));
        </script>
        """;
}
