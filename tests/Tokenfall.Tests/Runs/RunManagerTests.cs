namespace Tokenfall.Tests;

public class RunManagerTests
{
    private readonly RunManager _manager = TestRuns.Manager();

    [Fact]
    public void Start_AtOnce_HasTheStartEventInTheLog()
    {
        var run = _manager.Start(CallbackSource.Silent());

        Assert.True(run.Log.TryRead(0, out var frame));
        Assert.Equal((EventKind.Start, 0, "fake"), (frame.Kind, frame.Payload.Length, run.Model));
        run.Stop();
    }

    [Fact]
    public async Task Find_ALiveRunByItsOwner_IsFound()
    {
        var run = _manager.Start(CallbackSource.Silent());

        Assert.Same(run, _manager.Find(run.Id, "ann"));
        run.Stop();
        await run.EndedInTime();
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("Ann")]
    [InlineData("")]
    public async Task Find_BySomeoneElse_IsNotFound(string owner)
    {
        var run = _manager.Start(CallbackSource.Silent());

        Assert.Null(_manager.Find(run.Id, owner));
        run.Stop();
        await run.EndedInTime();
    }

    [Fact]
    public async Task Find_AfterTheEnd_IsNotFound()
    {
        var run = _manager.Start(writer => writer.Complete("end_turn"));
        await run.EndedInTime();

        Assert.Null(_manager.Find(run.Id, "ann"));
    }

    [Fact]
    public async Task Count_OfManyRuns_ReturnsToZeroWhateverTheirEnd()
    {
        var runs = new List<Run>();
        for (var i = 0; i < 40; i++)
            runs.Add(_manager.Start(new CallbackSource((i % 4) switch
            {
                0 => writer => writer.Complete("end_turn"),
                1 => _ => throw new IOException(),
                2 => writer => writer.Text("broken off"),
                _ => _ => throw new ModelException(ErrorCode.Overloaded, "529", true),
            })));
        var waiting = Enumerable.Range(0, 10).Select(_ => _manager.Start(CallbackSource.Silent())).ToList();
        waiting.ForEach(run => run.Stop());

        await Task.WhenAll(runs.Concat(waiting).Select(run => run.Ended)).WaitAsync(TestRuns.Bound);

        Assert.Equal(0, _manager.Count);
    }

    [Fact]
    public async Task Status_WhileItRuns_IsRunning()
    {
        var run = _manager.Start(CallbackSource.Silent());

        Assert.Equal(RunStatus.Running, run.Status);
        Assert.False(run.Ended.IsCompleted);
        run.Stop();
        await run.EndedInTime();
    }
}
