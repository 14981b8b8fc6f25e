using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Tests.Hosting;

public class MemoryNeedsTests
{
    private const long Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(5000, 256, 1024, true)]
    [InlineData(5000, 256, 512, false)]
    [InlineData(100, 32, 512, true)]
    [InlineData(100_000, 32, 1024, false)]
    [InlineData(int.MaxValue, 256, 64 * 1024, false)]
    public void Problem_OfRunsThatDoNotFit_NamesTheSettings(int runs, long retention, long available, bool fits)
    {
        var options = new TokenfallOptions { RetentionBytes = retention * Mebibyte, Limits = { MaxRuns = runs } };

        var problem = MemoryNeeds.Problem(available * Mebibyte, options);

        if (fits) Assert.Null(problem);
        else Assert.Contains("Tokenfall:Limits:MaxRuns", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnderALimitThatIsTooSmall_SaysSo()
    {
        using var folder = new ServerFolder();
        await using var server = (await folder.ListenAsync(
            new() { ["Tokenfall__Model"] = "demo", ["DOTNET_GCHeapHardLimit"] = "0xC000000" }, "--urls", ServerFolder.AnyPort)).Process;
        Assert.Contains("This process may use 192 MiB of memory", server.Output, StringComparison.Ordinal);
    }
}
