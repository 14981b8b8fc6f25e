using System.Diagnostics;
using Tokenfall.Tests.Processes;
using Xunit.Abstractions;

namespace Tokenfall.Integration.Tests;

/// <summary>The soak of <c>bench/Tokenfall.Attacks</c>, for as long as a test may take. It mostly waits, so that it may run beside the others.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    // Against a hang only.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Server_UnderRandomUseFaultsAndScarcity_LosesNoTokenAndNoLease()
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var soak = ChildProcess.Start(new ProcessStartInfo("dotnet",
        [
            Built("bench/Tokenfall.Attacks", "Tokenfall.Attacks.dll"), "soak", "--duration", "00:00:45", "--interval", "00:00:05", "--cpu", "15",
            "--server", Built("src/Tokenfall.Server", "Tokenfall.Server.dll"),
        ]));

        var code = await soak.Exited.WaitAsync(Limit);

        output.WriteLine(soak.Output);
        Assert.True(code == 0, soak.Output);
    }

    // Of the same build as the test: bin/Debug/net10.0 or bin/Release/net10.0.
    private static string Built(string project, string file)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Repository.PathOf($"{project}/bin/{build.Parent!.Name}/{build.Name}/{file}");
    }
}
