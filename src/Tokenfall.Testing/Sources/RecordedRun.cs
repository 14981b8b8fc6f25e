using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Tokenfall.Testing;

/// <summary>What a source wrote, from its first event to its end: for testing an <see cref="IModelSource"/> of your own.</summary>
public sealed class RecordedRun
{
    private RecordedRun(IReadOnlyList<RecordedEvent> events, RunEnd end, Exception? exception)
    {
        Events = events;
        End = end;
        Exception = exception;
    }

    /// <summary>All events, each by itself; also those of <see cref="EventKind.Opaque"/>, which readers do not get.</summary>
    public IReadOnlyList<RecordedEvent> Events { get; }

    /// <summary>How the run ended: stop reason or error, usage, and the model that answered.</summary>
    public RunEnd End { get; }

    /// <summary>What the source threw; null if it returned. Readers get no more of it than <see cref="RunEnd.Error"/>.</summary>
    public Exception? Exception { get; }

    /// <summary>The whole answer.</summary>
    public string Text => TextOf(EventKind.Text);

    /// <summary>The whole reasoning.</summary>
    public string Reasoning => TextOf(EventKind.Reasoning);

    /// <summary>Asks a source one question and records what it writes. Nothing is tried again.</summary>
    /// <param name="source">The source.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="cancellationToken">Cancelling it stops the run; the record then ends as stopped.</param>
    /// <returns>The record, when the source has ended. What it throws is in <see cref="Exception"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static Task<RecordedRun> OfAsync(IModelSource source, string prompt, CancellationToken cancellationToken = default) =>
        OfAsync(source, new ModelRequest([new ChatMessage(ChatRole.User, prompt)], new ChatOptions()), cancellationToken);

    /// <summary>Gives a source a request and records what it writes. Nothing is tried again.</summary>
    /// <param name="source">The source.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelling it stops the run; the record then ends as stopped.</param>
    /// <returns>The record, when the source has ended. What it throws is in <see cref="Exception"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> or <paramref name="request"/> is null.</exception>
    public static async Task<RecordedRun> OfAsync(IModelSource source, ModelRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var options = new TokenfallOptions { Disconnect = DisconnectPolicy.Continue, Upstream = { MaxAttempts = 1 } };
        using var runs = new RunManager(Options.Create(options), TimeProvider.System, NullLogger<RunManager>.Instance);
        var observed = new ObservedSource(source);
        var run = await runs.StartAsync(new RunRequest(observed, request, "test"), CancellationToken.None);
        await using (cancellationToken.UnsafeRegister(static run => ((Run)run!).Stop(), run)) await run.Ended;
        return new RecordedRun([.. EventsOf(run.Log)], run.End!, observed.Exception);
    }

    private static IEnumerable<RecordedEvent> EventsOf(RunLog log)
    {
        for (var number = 0; log.TryRead(number, merge: false, out var frame); number = frame.Number)
            yield return new RecordedEvent(frame.Kind, frame.Part, Decode(frame));
    }

    private string TextOf(EventKind kind) => string.Concat(Events.Where(one => one.Kind == kind).Select(one => one.Content));

    private static string Decode(RunFrame frame)
    {
        var payload = Encoding.UTF8.GetString(frame.Payload.Span);
        return frame.Kind.IsText() ? JsonDocument.Parse($"\"{payload}\"").RootElement.GetString()! : payload;
    }

    private sealed class ObservedSource(IModelSource source) : IModelSource
    {
        public Exception? Exception { get; private set; }

        public string? Model => source.Model;

        public string Redact(string text) => source.Redact(text);

        public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            try
            {
                await source.StreamAsync(request, writer, cancellationToken);
            }
            catch (Exception failure)
            {
                Exception = failure;
                throw;
            }
        }
    }
}
