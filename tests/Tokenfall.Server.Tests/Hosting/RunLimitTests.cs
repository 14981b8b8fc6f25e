using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Tokenfall.Server.Hosting;

namespace Tokenfall.Server.Tests.Hosting;

public class RunLimitTests
{
    private readonly FakeLogger<RunLimit> _logger = new();
    private readonly TokenfallOptions _options = new() { Limits = { MaxRuns = 1000 } };

    [Fact]
    public void MaxRuns_BeyondTheOpenFiles_IsLowerAndAWarningSaysSo()
    {
        new RunLimit(_logger, 320).PostConfigure(null, _options);

        Assert.Equal(320, _options.Limits.MaxRuns);
        Assert.Equal(LogLevel.Warning, _logger.LatestRecord.Level);
        Assert.Contains("320", _logger.LatestRecord.Message, StringComparison.Ordinal);
        Assert.Contains("ulimit -n 65536", _logger.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000L)]
    [InlineData(null)]
    public void MaxRuns_WithinTheOpenFiles_Stays(long? connections)
    {
        new RunLimit(_logger, connections).PostConfigure(null, _options);

        Assert.Equal(1000, _options.Limits.MaxRuns);
        Assert.Equal(0, _logger.Collector.Count);
    }

    [Fact]
    public async Task Server_WithFewFiles_SaysHowManyAnswersItHas()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new ServerFolder { MaxFiles = 512 };

        var (server, _) = await folder.ListenAsync(new() { ["Tokenfall__Model"] = "demo", ["TOKENFALL_AUTH"] = "none" }, "--urls", ServerFolder.AnyPort);

        await using (server) Assert.Contains("At most 64 answers run at once, although Tokenfall:Limits:MaxRuns is 5000", server.Output, StringComparison.Ordinal);
    }
}
