using System.Diagnostics;
using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Tests;

public class ProcessTreeTests
{
    private const string Stat = "42 (a (b) c) S 7 42 42 0 -1 4194560 1 2 3 4 150 25 9 9 20 0 1 0 100 1000 50";

    [Fact]
    public void Ticks_NameWithParenthesesAndSpaces_AddsUserAndSystemTime() => Assert.Equal(175, ProcessTree.Ticks(Stat));

    [Fact]
    public void ParentOf_NameWithParenthesesAndSpaces_IsTheFourthField() => Assert.Equal(7, ProcessTree.ParentOf(Stat));

    [Fact]
    public void Cpu_OwnProcess_IsWhatTheRuntimeSays()
    {
        var before = Environment.CpuUsage.TotalTime;

        var seen = ProcessTree.Cpu(Environment.ProcessId);

        Assert.InRange(seen, before - TimeSpan.FromMilliseconds(50), Environment.CpuUsage.TotalTime + TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Members_ProcessWithAChild_HoldBoth()
    {
        using var child = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        try
        {
            var members = ProcessTree.Members(Environment.ProcessId);

            Assert.Contains(Environment.ProcessId, members);
            Assert.Contains(child.Id, members);
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }

    [Fact]
    public void Cpu_EndedProcess_SaysSo()
    {
        using var child = Process.Start("true");
        child.WaitForExit();

        var failure = Assert.Throws<InvalidOperationException>(() => ProcessTree.Cpu(child.Id));

        Assert.Contains("has ended while it was measured", failure.Message, StringComparison.Ordinal);
    }
}
