using System.Diagnostics;
using Tokenfall.Bench.Measure;

namespace Tokenfall.Bench.Tests.Measure;

public class ProcessTreeTests
{
    private const string Stat = "42 (a (b) c) S 7 42 42 0 -1 4194560 1 2 3 4 150 25 9 9 20 0 1 0 100 1000 50";

    [Fact]
    public void Ticks_NameWithParenthesesAndSpaces_AddsUserAndSystemTime() => Assert.Equal(175, ProcessTree.Ticks(Stat));

    [Fact]
    public void ParentOf_NameWithParenthesesAndSpaces_IsTheFourthField() => Assert.Equal(7, ProcessTree.ParentOf(Stat));

    [Fact]
    public async Task Cpu_ProcessThatHasWorked_IsWhatTheRuntimeSays()
    {
        const string Work = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done; read end";
        using var child = Process.Start(new ProcessStartInfo("sh", ["-c", Work]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await child.StandardOutput.ReadLineAsync();

        var seen = ProcessTree.Cpu(child.Id);

        Assert.True(seen > TimeSpan.FromMilliseconds(20), $"{seen} is too little to say anything.");
        Assert.InRange(seen - child.TotalProcessorTime, TimeSpan.FromMilliseconds(-20), TimeSpan.FromMilliseconds(20));
        await child.StandardInput.WriteLineAsync();
        await child.WaitForExitAsync();
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
