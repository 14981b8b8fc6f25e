namespace Tokenfall.EndToEnd.Tests.Lockstep;

/// <summary>The smallest page that shows a stream as it comes.</summary>
internal static class LockstepPage
{
    public const string Html = $$"""
        <!doctype html>
        <meta charset="utf-8">
        <title>Lock-step</title>
        <link rel="icon" href="data:,">
        <p id="text"></p>
        <p id="state">waiting</p>
        <script>
          const source = new EventSource('{{LockstepApp.StreamPath}}');
          source.onopen = () => { document.getElementById('state').textContent = 'open'; };
          source.onmessage = event => { document.getElementById('text').append(event.data); };
        </script>
        """;
}
