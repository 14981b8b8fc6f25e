using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Starts runs, finds them again, and ends them when the server shuts down.</summary>
/// <remarks>Thread-safe; a singleton. <c>AddTokenfall()</c> and <c>AddTokenfallCore()</c> register it.</remarks>
public sealed class RunManager : IDisposable
{
    private readonly ConcurrentDictionary<RunId, Run> _runs = new();
    private readonly LiveRuns _live = new();
    private readonly IdempotencyKeyIndex _keys = new();
    private readonly TokenfallOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RunAdmission _admission;
    private readonly RunJournaling _journal;
    private readonly FinishedRuns _finished;
    private readonly RunExecutor _executor;
    private readonly RunDrain _drain;
    private volatile bool _interrupting;

    internal RunManager(
        IOptions<TokenfallOptions> options, TimeProvider time, ILogger<RunManager> logger,
        IRunScheduler? scheduler = null, IUsageLedger? ledger = null, IRunJournal? journal = null, IMeterFactory? meters = null, ModelSources? sources = null)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _admission = new RunAdmission(_live, scheduler ?? new LimitScheduler(options), ledger ?? new NoLedger(), _options.Upstream, logger);
        _finished = new FinishedRuns(_options.Retention, _options.RetentionBytes, time, Forget);
        _drain = new RunDrain(_live, () => _runs.Values, InterruptAll, () => _journal!.CompleteAsync(), _options.DrainTime, time, logger);
        _journal = new RunJournaling(journal ?? new NoJournal(), _options, time, logger, _drain.Abandoned);
        _executor = new RunExecutor(_options, sources, time, meters is null ? null : new TokenfallMetrics(meters, () => _live.Count), logger);
    }

    /// <summary>The number of live runs.</summary>
    public int Count => _live.Count;

    /// <summary>Whether the server is shutting down and starts no more runs.</summary>
    public bool IsDraining => _live.IsClosed;

    /// <summary>Whether the journal took what was last written to it; true without one. If not, live runs continue, and are written when it can be.</summary>
    public bool IsJournalAvailable => _journal.IsAvailable;

    /// <summary>Starts a run. When this returns, the log has its <c>start</c> event; the source runs on another thread.</summary>
    /// <param name="request">The run to start.</param>
    /// <param name="cancellationToken">Cancels the start. Once the run is accepted, it continues.</param>
    /// <remarks>Open a reader right away: no disconnect policy applies until the first reader has disconnected.</remarks>
    /// <returns>The run; with a <see cref="RunRequest.Key"/> used before, the run that it started then.</returns>
    /// <exception cref="AdmissionException">A limit is reached, or the server is shutting down.</exception>
    /// <exception cref="IdempotencyKeyConflictException">The key was used for a different request.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled before the run was accepted.</exception>
    public ValueTask<Run> StartAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Source);
        ArgumentNullException.ThrowIfNull(request.Request);
        ArgumentNullException.ThrowIfNull(request.Owner);
        // Before any lock or lease: the source that names its model here is the application's code.
        var run = new Run(RunRecord.Of(request, _time), request.Disconnect ?? _options.Disconnect, _options, _time);
        run.Log.Append(EventKind.Start, []);
        return request.Key is null
            ? BeginAsync(run, request, cancellationToken)
            : _keys.GetOrBeginAsync(request.Owner, request.Key, () => BeginAsync(run, request, cancellationToken), cancellationToken);
    }

    /// <summary>Finds a run of this owner, alive or finished, in memory or in the journal.</summary>
    /// <param name="id">The run's id.</param>
    /// <param name="owner">The principal that asks.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <returns>The run; null if there is none, or it belongs to someone else.</returns>
    /// <exception cref="AdmissionException">The run is not in memory and the journal cannot be read, so that nobody can say whether there is one.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled while the journal was read.</exception>
    public async ValueTask<Run?> FindAsync(RunId id, string owner, CancellationToken cancellationToken = default)
    {
        if (!_runs.TryGetValue(id, out var run))
        {
            if (await _journal.RestoreAsync(id, owner, cancellationToken).ConfigureAwait(false) is not { } restored) return null;
            run = _runs.GetOrAdd(id, restored);
            if (run == restored) _finished.Add(run);
        }
        return run.Owner == owner ? run : null;
    }

    /// <summary>
    /// Starts no more runs, lets live runs continue for <see cref="TokenfallOptions.DrainTime"/>, then interrupts them. Runs can still be read and stopped.
    /// A journal or a ledger that hangs is given up on 5 seconds after that.
    /// </summary>
    /// <param name="cancellationToken">Cancel it to interrupt the runs at once.</param>
    /// <returns>Completes when every run has ended, its terminal event in the log, or when there is no more time to wait for that.</returns>
    public Task DrainAsync(CancellationToken cancellationToken = default) => _drain.RunAsync(cancellationToken);

    /// <summary>Finds a run that this process has in memory.</summary>
    internal Run? FindInMemory(RunId id) => _runs.GetValueOrDefault(id);

    /// <summary>Stops a run, if it is alive, and forgets it: nobody finds it any more.</summary>
    internal void Remove(RunId id)
    {
        if (!_runs.TryGetValue(id, out var run)) return;
        run.Stop();
        Forget(run);
    }

    /// <summary>Ends the runs that a process which died left open in the journal, as interrupted. Once, before the first run starts.</summary>
    internal Task RecoverAsync(CancellationToken cancellationToken) => _journal.RecoverAsync(cancellationToken);

    /// <summary>Interrupts live runs and forgets finished ones.</summary>
    public void Dispose()
    {
        _live.Close();
        InterruptAll();
        _finished.Dispose();
        _journal.Dispose();
    }

    private void InterruptAll()
    {
        _interrupting = true;
        foreach (var run in _runs.Values) run.Interrupt();
    }

    private async ValueTask<Run> BeginAsync(Run run, RunRequest request, CancellationToken cancellationToken)
    {
        var caller = CallerContext.Capture();
        var admission = await _admission.AdmitAsync(run, request, cancellationToken).ConfigureAwait(false);
        RunId known;
        try
        {
            // Not by the caller's token: a record that is written belongs to a run that begins.
            known = await _journal.CreateAsync(run, _drain.Abandoned).ConfigureAwait(false);
        }
        catch
        {
            await _admission.CancelAsync(admission, _drain.Abandoned).ConfigureAwait(false);
            throw;
        }
        if (known != run.Id)
        {
            await _admission.CancelAsync(admission, _drain.Abandoned).ConfigureAwait(false);
            return await FindAsync(known, request.Owner, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The journal knows the run {known} by its idempotency key, but cannot read it.");
        }
        _runs[run.Id] = run;
        // It may have been admitted just before the drain began, and registered just after all runs were interrupted.
        if (_interrupting) run.Interrupt();
        // Without the caller's context: what is ambient to a request must not leak into a run that outlives it.
        ThreadPool.UnsafeQueueUserWorkItem(
            static start => _ = start.Runs.ExecuteAsync(start.Run, start.Request, start.Admission, start.Caller),
            (Runs: this, Run: run, Request: request, Admission: admission, Caller: caller), preferLocal: false);
        return run;
    }

    private async Task ExecuteAsync(Run run, RunRequest request, Admission admission, CallerContext caller)
    {
        try
        {
            using var activity = caller.Enter(run, request.Detached);
            await _executor.RunAsync(run, request, admission).ConfigureAwait(false);
            if (run.End?.Error is { } error) activity?.SetStatus(ActivityStatusCode.Error, error.Code.ToWireName());
        }
        finally
        {
            try
            {
                await SettleAsync(run, admission).ConfigureAwait(false);
            }
            finally
            {
                run.SignalEnded();
            }
        }
    }

    private async Task SettleAsync(Run run, Admission admission)
    {
        try
        {
            await _admission.SettleAsync(admission, run.End!, _drain.Abandoned).ConfigureAwait(false);
            await RunJournaling.SettledAsync(run).ConfigureAwait(false);
        }
        finally
        {
            _finished.Add(run);
        }
    }

    private void Forget(Run run)
    {
        _runs.TryRemove(run.Id, out _);
        _keys.Remove(run);
    }
}
