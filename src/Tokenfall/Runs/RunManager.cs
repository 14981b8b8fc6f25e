using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Starts runs, finds them again, and ends them all when the server goes away.</summary>
/// <remarks>Thread-safe; one for the application.</remarks>
public sealed class RunManager : IDisposable
{
    private readonly ConcurrentDictionary<RunId, Run> _runs = new();
    private readonly IdempotencyKeyIndex _keys = new();
    private readonly TokenfallOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AdmissionGate _gate;
    private readonly FinishedRuns _finished;
    private readonly RunExecutor _executor;
    private volatile bool _interrupting;

    /// <summary>Creates the manager.</summary>
    /// <param name="options">Settings, read once.</param>
    /// <param name="time">The clock of all timeouts and retention.</param>
    /// <param name="logger">Told how runs begin and end; never what they say.</param>
    /// <param name="meters">Where the meter <c>Tokenfall</c> is made; null measures nothing.</param>
    public RunManager(IOptions<TokenfallOptions> options, TimeProvider time, ILogger<RunManager> logger, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _time = time;
        _logger = logger;
        _gate = new AdmissionGate(_options.Limits);
        _finished = new FinishedRuns(_options.Retention, _options.RetentionBytes, time, Forget);
        _executor = new RunExecutor(_options, time, meters is null ? null : new TokenfallMetrics(meters, () => _gate.InUse), logger);
    }

    /// <summary>How many runs are alive.</summary>
    public int Count => _gate.InUse;

    /// <summary>Whether the server is shutting down and starts nothing more.</summary>
    public bool IsDraining => _gate.IsClosed;

    /// <summary>Starts a run. Its <c>start</c> event is in the log when this returns; the source begins on another thread.</summary>
    /// <remarks>Open a reader right away: until the first one has come and gone, no disconnect policy applies.</remarks>
    /// <returns>The run; with a <see cref="RunRequest.Key"/> used before, the run that it started then.</returns>
    /// <exception cref="AdmissionException">A limit is reached, or the server is shutting down.</exception>
    /// <exception cref="IdempotencyKeyConflictException">The key was used for something else.</exception>
    public Run Start(RunRequest start)
    {
        ArgumentNullException.ThrowIfNull(start);
        // Before any lock or lease: the source that names its model here is the application's code.
        var run = new Run(start, start.Disconnect ?? _options.Disconnect, _options.Grace, _time);
        run.Log.Append(EventKind.Start, StartEvent.Payload(run));
        return start.Key is null ? Begin(run, start) : _keys.GetOrBegin(start.Owner, start.Key, () => Begin(run, start));
    }

    /// <summary>Finds a run of this owner, alive or finished; null when there is none, or it is someone else's.</summary>
    public Run? Find(RunId id, string owner) => _runs.TryGetValue(id, out var run) && run.Owner == owner ? run : null;

    /// <summary>
    /// Starts nothing more, lets live runs go on for <see cref="TokenfallOptions.DrainTime"/>, then interrupts them. Reading and stopping go on.
    /// </summary>
    /// <param name="cancellationToken">Ends the patience at once.</param>
    /// <returns>Completes when every run has ended, its terminal event in the log.</returns>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        var idle = _gate.Close();
        // Taken now: with a small retention a run is forgotten just before it has ended.
        var live = _runs.Values.ToList();
        if (!idle.IsCompleted) RunLogging.Draining(_logger, Count, _options.DrainTime);
        try
        {
            await idle.WaitAsync(_options.DrainTime, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            RunLogging.DrainOver(_logger, Count);
            InterruptAll();
            await idle.ConfigureAwait(false);
        }
        // A lease comes back just before the terminal event: wait for that too.
        foreach (var run in live.Concat(_runs.Values)) await run.Ended.ConfigureAwait(false);
    }

    /// <summary>Stops what runs and forgets what is finished.</summary>
    public void Dispose()
    {
        _gate.Close();
        InterruptAll();
        _finished.Dispose();
    }

    private void InterruptAll()
    {
        _interrupting = true;
        foreach (var run in _runs.Values) run.Interrupt();
    }

    private Run Begin(Run run, RunRequest start)
    {
        var lease = _gate.Acquire(start.Owner);
        _runs[run.Id] = run;
        // It may have been admitted just before the gate closed, and registered just after all were interrupted.
        if (_interrupting) run.Interrupt();
        // Without the caller's context: what is ambient to a request must not leak into a run that outlives it.
        ThreadPool.UnsafeQueueUserWorkItem(state => _ = ExecuteAsync(run, start, lease), null);
        return run;
    }

    private async Task ExecuteAsync(Run run, RunRequest start, Lease lease)
    {
        try
        {
            await _executor.RunAsync(run, start, lease).ConfigureAwait(false);
        }
        finally
        {
            try
            {
                _finished.Add(run);
            }
            finally
            {
                run.SignalEnded();
            }
        }
    }

    private void Forget(Run run)
    {
        _runs.TryRemove(run.Id, out _);
        _keys.Forget(run);
    }
}
