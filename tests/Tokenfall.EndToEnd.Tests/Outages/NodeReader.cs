using System.Diagnostics;
using System.Text.Json;
using Tokenfall.Tests.Processes;

namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>A program on Node.js.</summary>
internal sealed class NodeReader(Uri site, string client) : IOutageReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ChildProcess? _process;

    public Task AskAsync()
    {
        // Each line is what there is so far: the text and the states, as JSON.
        var script = $$"""
            import { ask } from {{JsonSerializer.Serialize(new Uri(client).AbsoluteUri)}};
            const states = [];
            const say = () => console.log(JSON.stringify({ text: answer.text, states: states.join(' '), ended }));
            let ended = false;
            const answer = ask('{{site}}ask/stream', { prompt: 'Hi' }, { onState: (state) => states.push(state), onText: () => say() });
            await answer.finished;
            ended = true;
            say();
            """;
        _process = ChildProcess.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", script]));
        return Task.CompletedTask;
    }

    public Task ShowsAsync(string text) => _process!.LineAsync(line => Parse(line).Text == text, Patience);

    // There is no device that knows.
    public Task SetOfflineAsync(bool offline) => Task.CompletedTask;

    public Task FreezeAsync(bool frozen) => _process!.SignalAsync(frozen ? "STOP" : "CONT");

    public async Task<(string Text, string States)> EndAsync(TimeSpan patience)
    {
        var (text, states, _) = Parse(await _process!.LineAsync(line => Parse(line).Ended, patience));
        return (text, states);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }

    private static (string Text, string States, bool Ended) Parse(string line)
    {
        if (!line.StartsWith('{')) return ("", "", false);
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return (root.GetProperty("text").GetString()!, root.GetProperty("states").GetString()!, root.GetProperty("ended").GetBoolean());
    }
}
