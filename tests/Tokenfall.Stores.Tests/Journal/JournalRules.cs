namespace Tokenfall.Stores.Tests;

/// <summary>What every journal does, whatever it stores in.</summary>
public abstract class JournalRules
{
    private static readonly RunEnd Done = new()
    {
        Status = RunStatus.Done, StopReason = "end_turn", Model = "fake", Quality = UsageQuality.Measured, Chars = 4,
        Usage = new TokenUsage { UncachedInputTokens = 12, OutputTokens = 3 },
    };

    private static readonly RunEnd Failed = new()
    {
        Status = RunStatus.Failed, IsRecovered = true,
        Error = new RunError(ErrorCode.RateLimited, retryable: true) { RetryAfter = TimeSpan.FromSeconds(7), AfterContent = true },
    };

    // Of a text that some databases cannot store as it is: U+0000, half a surrogate pair, and what stands for those.
    private const string Odd = "a\0b\uD800c\uDC00\u001A0000😀é";

    private protected abstract IRunJournal Journal { get; }

    /// <summary>From now on, <see cref="Journal"/> is that of the next process; this one is gone.</summary>
    private protected abstract Task RestartAsync();

    [Fact]
    public async Task Create_ThenFind_GivesTheRecord()
    {
        var record = Record(owner: "ann", key: new IdempotencyKey("k", "print")) with { Model = "fake" };

        Assert.Equal(record.Id, await Journal.CreateAsync(record, CancellationToken.None));

        Assert.Equal(record, await Journal.FindAsync(record.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Find_OfAnUnknownRun_IsNull() => Assert.Null(await Journal.FindAsync(RunId.New(), CancellationToken.None));

    [Fact]
    public async Task Read_OfAnUnknownRun_IsEmpty() => Assert.Empty(await ReadAsync(RunId.New()));

    [Fact]
    public async Task Create_WithTheSameKey_GivesTheFirstRun()
    {
        var first = Record("ann", new IdempotencyKey("k", "print"));
        await Journal.CreateAsync(first, CancellationToken.None);
        var second = Record("ann", new IdempotencyKey("k", "print"));

        Assert.Equal(first.Id, await Journal.CreateAsync(second, CancellationToken.None));

        Assert.Null(await Journal.FindAsync(second.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Create_WithTheSameKeyAtOnce_GivesOneRun()
    {
        var records = Enumerable.Range(0, 20).Select(_ => Record("ann", new IdempotencyKey("k", "print"))).ToList();

        var ids = await Task.WhenAll(records.Select(record => Task.Run(async () => await Journal.CreateAsync(record, CancellationToken.None))));

        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Create_WithTheSameKeyOfAnotherRequest_IsAConflict()
    {
        await Journal.CreateAsync(Record("ann", new IdempotencyKey("k", "print")), CancellationToken.None);

        await Assert.ThrowsAsync<IdempotencyKeyConflictException>(async () => await Journal.CreateAsync(Record("ann", new IdempotencyKey("k", "other")), CancellationToken.None));
    }

    [Fact]
    public async Task Create_WithTheSameKeyOfAnotherOwner_IsAnotherRun()
    {
        await Journal.CreateAsync(Record("ann", new IdempotencyKey("k", "print")), CancellationToken.None);
        var other = Record("bob", new IdempotencyKey("k", "other"));

        Assert.Equal(other.Id, await Journal.CreateAsync(other, CancellationToken.None));
    }

    [Fact]
    public async Task Append_ThenRead_GivesTheSegmentsInOrder()
    {
        var run = await CreatedAsync();
        await AppendAsync(Segment(run, 2, "a😀\\n"), Segment(run, 3, ""));
        await AppendAsync(Segment(run, 4, "c"), Terminal(run, 5, Done));

        var read = await ReadAsync(run);

        Assert.Equal([(2, "a😀\\n"), (3, ""), (4, "c"), (5, "")], read.Select(segment => (segment.First, Text(segment))));
        Assert.Equal([null, null, null, Done], read.Select(segment => segment.End));
    }

    [Fact]
    public async Task Append_OfSeveralRuns_KeepsThemApart()
    {
        var first = await CreatedAsync();
        var second = await CreatedAsync();

        await AppendAsync(Segment(first, 2, "a"), Segment(second, 2, "b"));

        Assert.Equal(("a", "b"), (Text(Assert.Single(await ReadAsync(first))), Text(Assert.Single(await ReadAsync(second)))));
    }

    [Fact]
    public async Task Append_OfWhatIsStoredAlready_ChangesNothing()
    {
        var run = await CreatedAsync();
        RunSegment[] batch = [Segment(run, 2, "a"), Terminal(run, 3, Done)];

        await AppendAsync(batch);
        await AppendAsync(batch);

        Assert.Equal([2, 3], (await ReadAsync(run)).Select(segment => segment.First));
    }

    [Fact]
    public async Task Read_AfterAnEvent_BeginsWithTheSegmentThatHasTheNext()
    {
        var run = await CreatedAsync();
        await AppendAsync(Segment(run, 2, "a", "b", "c"), Segment(run, 5, "d"));

        Assert.Equal([2, 5], (await ReadAsync(run, after: 3)).Select(segment => segment.First));
        Assert.Equal([5], (await ReadAsync(run, after: 4)).Select(segment => segment.First));
        Assert.Empty(await ReadAsync(run, after: 5));
    }

    [Fact]
    public async Task Read_KeepsKindsAndParts()
    {
        var run = await CreatedAsync();
        var segment = new RunSegment(
            run, 2, [new(EventKind.Reasoning, 1, 2), new(EventKind.ToolInput, 65_535, 2), new(EventKind.Opaque, 3, 9)], "hmpayload"u8.ToArray());
        await AppendAsync(segment);

        var read = Assert.Single(await ReadAsync(run));

        Assert.Equal(segment.Events, read.Events);
    }

    [Fact]
    public async Task Orphans_AreTheRunsWithoutAnEnd()
    {
        var alive = await CreatedAsync();
        var never = await CreatedAsync();
        var ended = await CreatedAsync();
        await AppendAsync(Segment(alive, 2, "a"), Terminal(ended, 2, Done));
        await RestartAsync();

        Assert.Equal([alive, never], (await Journal.FindOrphansAsync(10, CancellationToken.None)).Select(record => record.Id).Order(Comparer<RunId>.Create((a, b) => a == alive ? -1 : b == alive ? 1 : 0)));
        Assert.Single(await Journal.FindOrphansAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task Orphan_WhoseEndIsAppended_IsNoneAnyMore()
    {
        var run = await CreatedAsync();
        await RestartAsync();

        await AppendAsync(Terminal(run, 2, Failed));

        Assert.Empty(await Journal.FindOrphansAsync(10, CancellationToken.None));
        Assert.Equal(Failed, Assert.Single(await ReadAsync(run)).End);
    }

    [Fact]
    public async Task OddText_IsReadAsItWas()
    {
        var record = new RunRecord(RunId.New(), Odd + "1", Odd + "2", Odd + "3", Noon) { Model = Odd + "4", Key = new IdempotencyKey(Odd + "5", Odd + "6") };
        await Journal.CreateAsync(record, CancellationToken.None);
        // The end is JSON, in which there is no half a surrogate pair.
        var end = Done with { Model = "a\0b😀", StopReason = "\0" };
        await AppendAsync(Terminal(record.Id, 2, end));

        Assert.Equal(record, await Journal.FindAsync(record.Id, CancellationToken.None));
        Assert.Equal(end, Assert.Single(await ReadAsync(record.Id)).End);
    }

    [Fact]
    public async Task OddKeys_ThatDiffer_AreDifferent()
    {
        var keys = (string[])["k", "k\0", "k\u001A", "k\u001A0000", "k\uD800", "k\uFFFD"];
        var ids = new HashSet<RunId>();
        foreach (var key in keys) ids.Add(await Journal.CreateAsync(Record(key: new IdempotencyKey(key, "print")), CancellationToken.None));

        Assert.Equal(keys.Length, ids.Count);
        Assert.Contains(await Journal.CreateAsync(Record(key: new IdempotencyKey("k\0", "print")), CancellationToken.None), ids);
    }

    [Fact]
    public async Task LargeSegment_IsReadAsItWas()
    {
        var run = await CreatedAsync();
        var text = new string('x', 3_000_000);

        await AppendAsync(Segment(run, 2, text));

        Assert.Equal(text, Text(Assert.Single(await ReadAsync(run))));
    }

    [Fact]
    public async Task Days_AreThoseOfTheRuns_WithTheirBytes()
    {
        await EndedAsync(Noon, "a");
        await EndedAsync(Noon.AddDays(-2), new string('x', 100_000));

        var days = (await Journal.ListDaysAsync(CancellationToken.None)).ToDictionary(day => day.Day, day => day.Bytes);

        Assert.InRange(days[Day(Noon)], 1, 99_999);
        Assert.True(days[Day(Noon.AddDays(-2))] > 1_000, "The bytes of a day are those of its segments.");
    }

    [Fact]
    public async Task DeleteDay_DeletesTheRunsOfThatDay()
    {
        var old = await EndedAsync(Noon.AddDays(-1), "a");
        var recent = await EndedAsync(Noon, "b");

        Assert.Equal(1, await Journal.DeleteDayAsync(Day(Noon.AddDays(-1)), CancellationToken.None));

        Assert.Null(await Journal.FindAsync(old, CancellationToken.None));
        Assert.Empty(await ReadAsync(old));
        Assert.Equal("b", Text((await ReadAsync(recent))[0]));
        Assert.DoesNotContain(Day(Noon.AddDays(-1)), (await Journal.ListDaysAsync(CancellationToken.None)).Select(day => day.Day));
    }

    [Fact]
    public async Task DeleteDay_WithManyRuns_DeletesAll()
    {
        for (var i = 0; i < 50; i++) await EndedAsync(Noon, "a");

        Assert.Equal(50, await Journal.DeleteDayAsync(Day(Noon), CancellationToken.None));
    }

    [Fact]
    public async Task DeleteDay_KeepsARunThatIsAlive()
    {
        var run = await CreatedAsync();
        await AppendAsync(Segment(run, 2, "a"));

        Assert.Equal(0, await Journal.DeleteDayAsync(Day(Noon), CancellationToken.None));

        await AppendAsync(Terminal(run, 3, Done));
        Assert.Equal([2, 3], (await ReadAsync(run)).Select(segment => segment.First));
    }

    [Fact]
    public async Task DeleteDay_ForgetsIdempotencyKeys()
    {
        var first = await EndedAsync(Noon, "a", new IdempotencyKey("k", "print"));
        await Journal.DeleteDayAsync(Day(Noon), CancellationToken.None);

        Assert.NotEqual(first, await Journal.CreateAsync(Record(key: new IdempotencyKey("k", "other")), CancellationToken.None));
    }

    [Fact]
    public async Task DeletedDay_TakesANewRun()
    {
        await EndedAsync(Noon, "a");
        await Journal.DeleteDayAsync(Day(Noon), CancellationToken.None);

        var run = await EndedAsync(Noon, "b");

        Assert.Equal("b", Text((await ReadAsync(run))[0]));
    }

    [Fact]
    public async Task Retention_DeletesWhatIsTooOld_AndThenTheOldestUntilTheRestIsSmallEnough()
    {
        var old = await EndedAsync(Noon.AddDays(-9), "a");
        var large = await EndedAsync(Noon.AddDays(-3), RandomText(3_000_000));
        var kept = await EndedAsync(Noon.AddDays(-2), "c");
        var current = await EndedAsync(Noon, RandomText(3_000_000));

        var options = new JournalOptions { Retention = TimeSpan.FromDays(7), RetentionBytes = 5_000_000 };
        foreach (var day in JournalRetention.Expired(await Journal.ListDaysAsync(CancellationToken.None), Noon, options))
            await Journal.DeleteDayAsync(day, CancellationToken.None);

        var left = new List<RunId>();
        foreach (var run in (RunId[])[old, large, kept, current])
            if (await Journal.FindAsync(run, CancellationToken.None) is not null) left.Add(run);
        Assert.Equal([kept, current], left);
    }

    private protected static DateTimeOffset Noon { get; } = new(2026, 9, 21, 12, 0, 0, 123, TimeSpan.Zero);

    private protected static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private protected static RunRecord Record(string owner = "ann", IdempotencyKey? key = null) => new(RunId.New(), owner, "/ask/stream", "request", Noon) { Key = key };

    private protected async Task<RunId> EndedAsync(DateTimeOffset created, string text, IdempotencyKey? key = null)
    {
        var run = await Journal.CreateAsync(Record(key: key) with { Created = created }, CancellationToken.None);
        await AppendAsync(Segment(run, 2, text), Terminal(run, 3, Done));
        return run;
    }

    // No database makes this smaller.
    private static string RandomText(int length) => string.Create(length, new Random(1), (text, random) => random.GetItems("0123456789abcdefghijklmnopqrstuvwxyz", text));

    private protected static RunSegment Segment(RunId run, int first, params string[] texts)
    {
        var bytes = new List<byte>();
        var events = new List<RunSegmentEvent>();
        foreach (var text in texts)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(text));
            events.Add(new RunSegmentEvent(EventKind.Text, 0, bytes.Count));
        }
        return new RunSegment(run, first, events, bytes.ToArray());
    }

    private protected static RunSegment Terminal(RunId run, int first, RunEnd end) =>
        new(run, first, [new RunSegmentEvent(end.Error is null ? EventKind.Done : EventKind.Error, 0, 0)], default) { End = end };

    private protected async Task<RunId> CreatedAsync() => await Journal.CreateAsync(Record(), CancellationToken.None);

    private protected async Task AppendAsync(params RunSegment[] batch) => await Journal.AppendAsync(batch, CancellationToken.None);

    private protected async Task<List<RunSegment>> ReadAsync(RunId run, int after = 1)
    {
        var read = new List<RunSegment>();
        await foreach (var segment in Journal.ReadAsync(run, after, CancellationToken.None)) read.Add(segment);
        return read;
    }

    private protected static string Text(RunSegment segment) => Encoding.UTF8.GetString(segment.Bytes.Span);
}
