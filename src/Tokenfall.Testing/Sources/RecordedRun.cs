using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Tokenfall.Testing;

/// <summary>What a source wrote, from its first event to its end: for testing an <see cref="IModelSource"/> of your own.</summary>
public sealed class RecordedRun
{
    private RecordedRun(IReadOnlyList<RecordedEvent> events, RunEnd end)
    {
        Events = events;
        End = end;
    }

    /// <summary>All events that readers get, each by itself.</summary>
    public IReadOnlyList<RecordedEvent> Events { get; }

    /// <summary>How the run ended: stop reason or error, usage, and the model that answered.</summary>
    public RunEnd End { get; }

    /// <summary>The whole answer.</summary>
    public string Text => TextOf(EventKind.Text);

    /// <summary>The whole reasoning.</summary>
    public string Reasoning => TextOf(EventKind.Reasoning);

    /// <summary>Asks a source one question and records what it writes. Nothing is tried again.</summary>
    /// <param name="source">The source.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="cancellationToken">Cancelling it stops the run; the record then ends as stopped.</param>
    public static Task<RecordedRun> OfAsync(IModelSource source, string prompt, CancellationToken cancellationToken = default) =>
        OfAsync(source, new ModelRequest([new ChatMessage(ChatRole.User, prompt)], new ChatOptions()), cancellationToken);

    /// <summary>Gives a source a request and records what it writes. Nothing is tried again.</summary>
    /// <param name="source">The source.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelling it stops the run; the record then ends as stopped.</param>
    public static async Task<RecordedRun> OfAsync(IModelSource source, ModelRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var options = new TokenfallOptions { Disconnect = DisconnectPolicy.Continue, Upstream = { MaxAttempts = 1 } };
        using var runs = new RunManager(Options.Create(options), TimeProvider.System, NullLogger<RunManager>.Instance);
        var run = await runs.StartAsync(new RunRequest(source, request, "test"), CancellationToken.None);
        using var reader = run.Read();
        reader.MergesText = false;
        await using var stop = cancellationToken.UnsafeRegister(static run => ((Run)run!).Stop(), run);
        var events = new List<RecordedEvent>();
        while (true)
        {
            while (reader.TryRead(out var frame))
            {
                events.Add(new RecordedEvent(frame.Kind, frame.Part, Decode(frame)));
                if (frame.Kind.IsTerminal()) return new RecordedRun(events, run.End!);
            }
            await reader.WaitAsync();
        }
    }

    private string TextOf(EventKind kind) => string.Concat(Events.Where(one => one.Kind == kind).Select(one => one.Content));

    private static string Decode(RunFrame frame)
    {
        var payload = Encoding.UTF8.GetString(frame.Payload.Span);
        return frame.Kind.IsText() ? JsonDocument.Parse($"\"{payload}\"").RootElement.GetString()! : payload;
    }
}
