namespace Tokenfall.Tests;

public class RunReaderTests
{
    private readonly Run _run = TestRuns.Bare();

    [Fact]
    public async Task WaitAsync_SomethingToRead_CompletesAtOnce()
    {
        using var reader = _run.Read();
        _run.Log.Append(EventKind.Text, "a");

        var wait = reader.WaitAsync();

        Assert.True(wait.IsCompletedSuccessfully);
        await wait;
    }

    [Fact]
    public async Task WaitAsync_NothingToRead_CompletesWithTheNextEvent()
    {
        using var reader = _run.Read();
        var wait = reader.WaitAsync().AsTask();
        Assert.False(wait.IsCompleted);

        _run.Log.Append(EventKind.Text, "a");

        await wait.WaitAsync(TestRuns.Bound);
        Assert.True(reader.TryRead(out _));
    }

    [Fact]
    public async Task Wake_DuringAWait_EndsItWithoutAnEvent()
    {
        using var reader = _run.Read();
        var wait = reader.WaitAsync().AsTask();

        reader.Wake();

        await wait.WaitAsync(TestRuns.Bound);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public async Task Wake_BeforeAWait_EndsTheNextOneOnly()
    {
        using var reader = _run.Read();
        reader.Wake();
        reader.Wake();

        var first = reader.WaitAsync();
        Assert.True(first.IsCompletedSuccessfully);
        await first;

        var second = reader.WaitAsync().AsTask();
        Assert.False(second.IsCompleted);
        reader.Wake();
        await second.WaitAsync(TestRuns.Bound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Wake_OneOfThreeWaitingReaders_LeavesTheOthersWaiting(int chosen)
    {
        var readers = Enumerable.Range(0, 3).Select(_ => _run.Read()).ToList();
        var waits = readers.ConvertAll(reader => reader.WaitAsync().AsTask());

        readers[chosen].Wake();
        await waits[chosen].WaitAsync(TestRuns.Bound);
        Assert.Equal(1, waits.Count(wait => wait.IsCompleted));

        _run.Log.Append(EventKind.Text, "a");
        await Task.WhenAll(waits).WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task WaitAsync_WokenReaderWaitsAgain_GetsTheNextEvent()
    {
        using var reader = _run.Read();
        var first = reader.WaitAsync().AsTask();
        reader.Wake();
        await first.WaitAsync(TestRuns.Bound);

        var second = reader.WaitAsync().AsTask();
        _run.Log.Append(EventKind.Text, "a");

        await second.WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public async Task Dispose_DuringAWait_EndsIt()
    {
        var reader = _run.Read();
        var wait = reader.WaitAsync().AsTask();

        reader.Dispose();

        await wait.WaitAsync(TestRuns.Bound);
    }

    [Fact]
    public void Position_AfterReading_IsTheFramesNumber()
    {
        using var reader = _run.Read();
        _run.Log.Append(EventKind.Text, "a");
        _run.Log.Append(EventKind.Text, "b");

        Assert.True(reader.TryRead(out var frame));
        Assert.Equal((2, 2), (frame.Number, reader.Position));
    }

    [Fact]
    public void Read_AfterAPosition_StartsBehindIt()
    {
        _run.Log.Append(EventKind.Text, "a");
        _run.Log.Append(EventKind.Text, "b");

        using var reader = _run.Read(1);

        Assert.True(reader.TryRead(out var frame));
        Assert.Equal("b", frame.Text());
    }

    [Fact]
    public void Read_AfterANegativePosition_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _run.Read(-1));
}
