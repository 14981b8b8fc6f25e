using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Stores.Tests;

/// <summary>One process after another on one journal, with everything that goes wrong.</summary>
/// <param name="nextProcess">Gives the journal as the next process has it; the one before it is gone.</param>
/// <param name="visibility">When readers see what is said.</param>
/// <param name="choices">What happens.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The last process is disposed at the end of the schedule.")]
internal sealed class JournalSchedule(Func<Task<IRunJournal>> nextProcess, JournalVisibility visibility, Choices choices)
{
    private const int Steps = 60;
    private const int MaxRuns = 6;

    private static readonly string[] Words = ["a", "the ", "ü", "😀", "\n", "\"", "\\", "\0", "中文 ", "\u2028", " and so on, "];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 21, 12, 0, 0, TimeSpan.Zero));
    private readonly List<ScheduledRun> _runs = [];
    private readonly List<(ScheduledRun Run, RunEnd End, string Text)> _finished = [];
    private IRunJournal _store = null!;
    private SwitchedJournal _journal = null!;
    private RunManager _manager = null!;

    public async Task RunAsync()
    {
        await StartProcessAsync();
        for (var step = 0; step < Steps; step++) await StepAsync();
        _journal.Fails = false;
        await KillAsync();
        foreach (var run in _runs) await CheckAsync(run);
        Assert.Empty(await _store.FindOrphansAsync(10, CancellationToken.None));
        _manager.Dispose();
    }

    private Task StepAsync() => choices.Next(20) switch
    {
        < 3 => StartAsync(),
        < 10 => SayAsync(),
        < 12 => AdvanceAsync(),
        < 14 => LookAsync(),
        14 => FinishAsync(),
        15 => StopAsync(),
        16 => SwitchStoreAsync(),
        17 => AgainAsync(),
        18 => DrainAsync(),
        _ => KillAsync(),
    };

    private async Task StartProcessAsync()
    {
        _store = await nextProcess();
        _journal = new SwitchedJournal(_store);
        var options = new TokenfallOptions
        {
            Disconnect = DisconnectPolicy.Continue, Limits = { MaxRunsPerOwner = 1000 }, Upstream = { MaxAttempts = 1, ContentTimeout = TimeSpan.FromHours(20), TotalTimeout = TimeSpan.FromHours(20), FirstContentTimeout = TimeSpan.FromHours(20) },
            Journal = { Visibility = visibility },
        };
        _manager = new RunManager(Options.Create(options), _time, NullLogger<RunManager>.Instance, journal: _journal);
        await _manager.RecoverAsync(CancellationToken.None);
    }

    private async Task StartAsync()
    {
        if (_runs.Count == MaxRuns) return;
        var run = new ScheduledRun(choices.Next(2) == 0 ? null : new IdempotencyKey($"k{_runs.Count}", "print"));
        try
        {
            run.Id = (await _manager.StartAsync(Request(run))).Id;
            _runs.Add(run);
        }
        catch (AdmissionException away)
        {
            Assert.Equal((AdmissionRejection.StoreUnavailable, true), (away.Reason, _journal.Fails));
            Assert.Equal(0, run.Calls);
        }
    }

    // A repeated start is never paid for twice, whatever has happened since.
    private async Task AgainAsync()
    {
        if (Any(run => run.Key is not null) is not { } run || _journal.Fails) return;
        Assert.Equal(run.Id, (await _manager.StartAsync(Request(run))).Id);
        Assert.InRange(run.Calls, 0, 1);
    }

    private Task SayAsync()
    {
        Any(_ => true)?.Say(Words[choices.Next(Words.Length)]);
        return Task.CompletedTask;
    }

    private Task AdvanceAsync()
    {
        _time.Advance(TimeSpan.FromMilliseconds(choices.Next(50, 1500)));
        return Task.CompletedTask;
    }

    private async Task LookAsync()
    {
        if (Any(_ => true) is { } run && await _manager.FindAsync(run.Id, "ann") is { } found) run.Look(found);
    }

    private async Task FinishAsync()
    {
        if (Any(_ => true) is not { } run || _manager.FindInMemory(run.Id) is not { } live) return;
        run.Finish();
        await EndedAsync(run, live);
    }

    private async Task StopAsync()
    {
        if (Any(_ => true) is not { } run || _manager.FindInMemory(run.Id) is not { } live) return;
        live.Stop();
        await EndedAsync(run, live);
    }

    // What has ended while the journal took it is never lost.
    private async Task EndedAsync(ScheduledRun run, Run live)
    {
        await live.Ended.WaitAsync(Waiting.Limit);
        run.Look(live);
        if (live.Log.IsComplete && live.Log.Journal?.Position == live.Log.Count) _finished.Add((run, live.End!, run.Seen));
    }

    private Task SwitchStoreAsync()
    {
        _journal.Fails = !_journal.Fails;
        return Task.CompletedTask;
    }

    private async Task DrainAsync()
    {
        _journal.Fails = false;
        var drained = _manager.DrainAsync(new CancellationToken(canceled: true));
        while (!drained.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await drained;
        await _journal.KillAsync();
        await StartProcessAsync();
    }

    private async Task KillAsync()
    {
        await _journal.KillAsync();
        await StartProcessAsync();
    }

    private async Task CheckAsync(ScheduledRun run)
    {
        var found = await _manager.FindAsync(run.Id, "ann");
        // A run whose record could not be written is gone with its process.
        if (found is null)
        {
            Assert.Null(run.Key);
            Assert.Equal(JournalVisibility.Immediate, visibility);
            return;
        }
        var (seen, seenEnd) = (run.Seen, run.SeenEnd);
        run.Look(found);
        Assert.NotNull(found.End);
        var stored = string.Concat(TextOf(found));
        Assert.StartsWith(stored, run.Said, StringComparison.Ordinal);
        if (visibility == JournalVisibility.Durable)
        {
            Assert.StartsWith(seen, stored, StringComparison.Ordinal);
            if (seenEnd is not null) Assert.Equal(seenEnd, found.End);
        }
        foreach (var (_, end, text) in _finished.Where(one => one.Run == run)) Assert.Equal((end, text), (found.End, stored));
    }

    private static IEnumerable<string> TextOf(Run run)
    {
        for (var after = 0; run.Log.TryRead(after, merge: true, out var frame); after = frame.Number)
            if (frame.Kind == EventKind.Text) yield return JsonText.Unescape(frame.Payload.Span);
    }

    private ScheduledRun? Any(Func<ScheduledRun, bool> fits)
    {
        var fitting = _runs.Where(fits).ToList();
        return fitting.Count == 0 ? null : fitting[choices.Next(fitting.Count)];
    }

    private static RunRequest Request(ScheduledRun run) => new(run, new ModelRequest([new(Microsoft.Extensions.AI.ChatRole.User, "hi")], new()), "ann") { Key = run.Key };
}
