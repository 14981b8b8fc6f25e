namespace Tokenfall.Tests;

public class RunRetentionTests
{
    private readonly TestClock _time = new();
    private readonly TokenfallOptions _options = new();
    private readonly RunManager _manager;

    public RunRetentionTests() => _manager = TestRuns.Manager(_time, options: _options);

    [Fact]
    public async Task Find_AfterTheEnd_FindsTheRunForItsRetention()
    {
        var run = await EndedAsync();

        _time.Advance(_options.Retention - TimeSpan.FromMilliseconds(1));
        Assert.Same(run, _manager.Find(run.Id, "ann"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_manager.Find(run.Id, "ann"));
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task Find_AFinishedRunBySomeoneElse_IsNotFound()
    {
        var run = await EndedAsync();

        Assert.Null(_manager.Find(run.Id, "bob"));
    }

    [Fact]
    public void Find_AnUnknownRun_IsNotFound() => Assert.Null(_manager.Find(RunId.New(), "ann"));

    [Fact]
    public async Task Reader_OfARunThatIsForgotten_GoesOnToItsEnd()
    {
        var run = await EndedAsync();
        using var reader = run.Read();
        Assert.True(reader.TryRead(out _));

        _time.Advance(_options.Retention);

        Assert.True(reader.TryRead(out var text));
        Assert.True(reader.TryRead(out var end));
        Assert.Equal(("Hello", EventKind.Done), (text.Text(), end.Kind));
    }

    [Fact]
    public async Task Dispose_ForgetsWhatIsFinishedAndInterruptsWhatRuns()
    {
        var source = new HeldSource();
        var (finished, live) = (await EndedAsync(), _manager.Start(source));
        await source.Started;

        _manager.Dispose();
        await live.EndedInTime();

        Assert.Equal("interrupted", live.Terminal().Code());
        Assert.Null(_manager.Find(finished.Id, "ann"));
        Assert.Null(_manager.Find(live.Id, "ann"));
        Assert.Equal((0, 0, 0), (_manager.Count, source.Open, _time.ActiveTimers));
        Assert.Throws<AdmissionException>(() => _manager.Start(source));
    }

    private async Task<Run> EndedAsync()
    {
        var run = _manager.Start(writer =>
        {
            writer.Text("Hello");
            writer.Complete("end_turn");
        });
        await run.EndedInTime();
        return run;
    }
}
