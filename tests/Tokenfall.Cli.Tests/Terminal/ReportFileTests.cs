using Tokenfall.Cli.Terminal;
using Tokenfall.Cli.Tests.Bench;
using static Tokenfall.Cli.Tests.Bench.ScriptedServer;

namespace Tokenfall.Cli.Tests.Terminal;

public sealed class ReportFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void At_NoFileYet_LeavesNoneBehind()
    {
        Assert.NotNull(ReportFile.At(Path.Combine(_folder.FullName, "new.html")));

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void At_FileOfAnEarlierRun_LeavesItAsItIs()
    {
        var file = Path.Combine(_folder.FullName, "old.html");
        File.WriteAllText(file, "earlier");

        ReportFile.At(file);

        Assert.Equal("earlier", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("folder")]
    [InlineData("folder/missing/new.html")]
    public void At_PlaceThatTakesNoFile_IsUsage(string name)
    {
        _folder.CreateSubdirectory("folder");

        var failure = Assert.Throws<CommandException>(() => ReportFile.At(name == "" ? name : Path.Combine(_folder.FullName, name)));

        Assert.Equal((ExitCode.Usage, "usage"), (failure.ExitCode, failure.Code));
    }

    [Fact]
    public async Task Report_DiskFullInTheEnd_ExitsWithOneAndStillPrintsTheResult()
    {
        await using var server = await ScriptedServer.StartAsync(Start, Delta(2, "ab"), Done(3, 2));

        // Opens as any file does, and takes nothing.
        var cli = await CommandRun.RunAsync("bench", server.Url, "-n", "1", "--json", "--report", "/dev/full");

        Assert.Equal(1, cli.ExitCode);
        Assert.Equal(1, JsonDocument.Parse(cli.Output).RootElement.GetProperty("streams").GetProperty("complete").GetInt32());
        Assert.Contains("The report could not be written", cli.Error, StringComparison.Ordinal);
    }
}
