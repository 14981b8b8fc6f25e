namespace Tokenfall.Tests;

public class RunLoggingTests
{
    private readonly FakeLogger<RunManager> _logger = new();

    public static TheoryData<Action<RunWriter>> Scripts =>
    [
        writer => writer.Complete("end_turn"),
        writer => writer.Text("Half"),
        _ => throw new IOException("reset"),
    ];

    [Theory]
    [MemberData(nameof(Scripts), DisableDiscoveryEnumeration = true)]
    public async Task Run_WithoutAModelAndFigures_IsLoggedInWords(Action<RunWriter> script)
    {
        var source = new CallbackSource(script) { Model = null };

        await TestRuns.Manager(logger: _logger, options: TestRuns.Plain).Start(new RunRequest(source, new ModelRequest([], new()), "ann")).EndedInTime();

        Assert.All(_logger.Collector.GetSnapshot(), record => Assert.DoesNotContain("(null)", record.Message, StringComparison.Ordinal));
        Assert.Contains(_logger.Collector.GetSnapshot(), record => record.Message.Contains("model unknown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ThatIsStopped_IsLoggedWithItsReason()
    {
        var run = TestRuns.Manager(logger: _logger).Start(CallbackSource.Silent());
        run.Stop();
        await run.EndedInTime();

        Assert.Contains(_logger.Collector.GetSnapshot(), record => record.Message.EndsWith("stop reason stopped", StringComparison.Ordinal));
    }
}
