namespace Tokenfall.EndToEnd.Tests.NativeEventSource;

/// <summary>A page with nothing but the browser's own EventSource, which is never told to stop.</summary>
internal static class EventSourcePage
{
    public const string Html = """
        <!doctype html>
        <meta charset="utf-8">
        <title>EventSource</title>
        <link rel="icon" href="data:,">
        <p id="text"></p>
        <p id="state">waiting</p>
        <script>
          const source = new EventSource('/ask/stream?prompt=hi');
          const show = (state) => { document.getElementById('state').textContent = state; };
          source.addEventListener('delta', (event) => { document.getElementById('text').append(JSON.parse(event.data).text); });
          source.addEventListener('done', () => show('done'));
          source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) show('closed'); });
        </script>
        """;
}
