using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Starts runs and finds them again.</summary>
/// <remarks>Thread-safe; one for the application.</remarks>
public sealed class RunManager
{
    private readonly ConcurrentDictionary<RunId, Run> _runs = new();
    private readonly TokenfallOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RunPump _pump;

    /// <summary>Creates the manager.</summary>
    public RunManager(IOptions<TokenfallOptions> options, TimeProvider time, ILogger<RunManager> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _time = time;
        _logger = logger;
        _pump = new RunPump(_options, time, logger);
    }

    /// <summary>How many runs are alive.</summary>
    public int Count => _runs.Count;

    /// <summary>Starts a run. Its <c>start</c> event is in the log when this returns; the source begins on another thread.</summary>
    /// <remarks>Open a reader right away: until the first one has come and gone, no disconnect policy applies.</remarks>
    public Run Start(RunStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var run = new Run(start, start.Disconnect ?? _options.Disconnect, _options.Grace, _time);
        run.Log.Append(EventKind.Start, StartPayload(run));
        RunLogging.Started(_logger, run.Id, run.RequestId, run.Model);
        _runs[run.Id] = run;
        // Without the caller's context: what is ambient to a request must not leak into a run that outlives it.
        ThreadPool.UnsafeQueueUserWorkItem(state => _ = PumpAsync(run, start), null);
        return run;
    }

    /// <summary>Finds a live run of this owner; null when there is none, or it is someone else's.</summary>
    public Run? Find(RunId id, string owner) => _runs.TryGetValue(id, out var run) && run.Owner == owner ? run : null;

    private async Task PumpAsync(Run run, RunStart start)
    {
        try
        {
            await _pump.RunAsync(run, start).ConfigureAwait(false);
        }
        finally
        {
            _runs.TryRemove(run.Id, out _);
            run.Release();
        }
    }

    private static byte[] StartPayload(Run run)
    {
        var buffer = new ArrayBufferWriter<byte>(96);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("run", run.Id.ToString());
            if (run.Model is not null) json.WriteString("model", run.Model);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
