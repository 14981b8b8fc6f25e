using Tokenfall.Cli.Tests.Terminal;
using Tokenfall.Load;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Tests.Bench;

/// <summary><c>tokenfall bench</c> against Tokenfall itself, over real sockets.</summary>
public class BenchTests
{
    [Fact]
    public async Task Streams_OfKnownText_AreAllComplete()
    {
        await using var server = await TokenfallServer.StartAsync(ModelScript.Lorem(300));

        var result = await RunAsync(server, "-n", "20", "--expect", "lorem:300");

        Assert.Equal(20, result.GetProperty("streams").GetProperty("complete").GetInt32());
        Assert.Equal((20 * 300, 20), (result.GetProperty("deltas").GetInt32(), result.GetProperty("first_token").GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task Streams_WithTimeStamps_TellTheLatencyOfEveryToken()
    {
        await using var server = await TokenfallServer.StartAsync(ModelScript.Stamped(50) with { TokensPerSecond = 200 });

        var result = await RunAsync(server, "-n", "4", "--tokens", "50");

        Assert.Equal(4 * 50, result.GetProperty("latency").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Streams_ThatCutAndContinue_LoseNothing()
    {
        await using var server = await TokenfallServer.StartAsync(ModelScript.Lorem(200) with { TokensPerSecond = 400 });

        var result = await RunAsync(server, "-n", "10", "--resumes", "1", "--expect", "lorem:200");

        Assert.Equal(10, result.GetProperty("streams").GetProperty("complete").GetInt32());
        Assert.InRange(result.GetProperty("resumed").GetInt32(), 10, 60);
    }

    [Fact]
    public async Task Streams_ThatLeave_AreCountedApart()
    {
        await using var server = await TokenfallServer.StartAsync(ModelScript.Lorem(400) with { TokensPerSecond = 400 });

        var result = await RunAsync(server, "-n", "5", "--disconnects", "1");

        Assert.Equal(5, result.GetProperty("streams").GetProperty("left").GetInt32());
    }

    [Fact]
    public async Task Duration_EndedStreams_AreFollowedByOthersUntilItIsCancelled()
    {
        await using var server = await TokenfallServer.StartAsync(ModelScript.Lorem(20));
        using var run = new LoadRun(new() { Url = new(server.Url), Streams = 2, Duration = TimeSpan.FromHours(1), Pace = 100, Body = """{"prompt":"go"}""" });
        using var enough = new CancellationTokenSource();

        var load = run.RunAsync(enough.Token);
        await server.Model.WaitForCallAsync(6).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        await enough.CancelAsync();
        var result = await load;

        Assert.True(result.IsFine);
        Assert.InRange(result.Started, 6, 100);
        Assert.InRange(result.PeakStreams, 1, 2);
    }

    [Fact]
    public async Task Duration_StreamsThatDoNotEnd_AreLeftOpenAfterTheFinish()
    {
        await using var server = await TokenfallServer.StartAsync(ModelScript.Lorem(400) with { TokensPerSecond = 1 });

        var result = await RunAsync(server, "-n", "2", "--duration", "300ms", "--finish", "100ms");

        Assert.Equal(result.GetProperty("started").GetInt32(), result.GetProperty("streams").GetProperty("unfinished").GetInt32());
    }

    [Fact]
    public async Task Streams_AsText_AreATable()
    {
        await using var server = await TokenfallServer.StartAsync(ModelScript.Lorem(20));

        var cli = await CommandRun.RunAsync("bench", server.Url, "-n", "3", "--slow", "1", "--slow-rate", "100000");

        Assert.Equal(0, cli.ExitCode);
        Assert.Contains("first token", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfALoad_IsAPageThatLoadsNothing()
    {
        await using var server = await TokenfallServer.StartAsync(ModelScript.Lorem(30) with { TokensPerSecond = 10 });
        var (body, page) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            await File.WriteAllTextAsync(body, """{"prompt":"<script>"}""");

            var run = await CommandRun.RunAsync("bench", server.Url, "-n", "2", "--body", "@" + body, "--report", page);

            Assert.True(run.ExitCode == 0, run.Output + run.Error);
            var html = await File.ReadAllTextAsync(page);
            Assert.Contains("<polyline", html, StringComparison.Ordinal);
            Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
            Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(body);
            File.Delete(page);
        }
    }

    [Fact]
    public async Task Server_ThatIsNotThere_ExitsWithThree()
    {
        var cli = await CommandRun.RunAsync("bench", "http://127.0.0.1:1/ask");

        Assert.Equal(3, cli.ExitCode);
        Assert.Contains("Nothing answers at 127.0.0.1:1", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatSpeaksPlainHttp_IsNotAskedForATrustedCertificate()
    {
        await using var server = await ScriptedServer.StartAsync();

        var cli = await CommandRun.RunAsync("bench", server.Url.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.Equal(3, cli.ExitCode);
        Assert.Contains("write http://", cli.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("--insecure", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench")]
    [InlineData("bench", "ftp://127.0.0.1/")]
    [InlineData("bench", "http://127.0.0.1:1/", "--slow", "2")]
    [InlineData("bench", "http://127.0.0.1:1/", "-n", "0")]
    [InlineData("bench", "http://127.0.0.1:1/", "--duration", "long")]
    [InlineData("bench", "http://127.0.0.1:1/", "--header", "none")]
    [InlineData("bench", "http://127.0.0.1:1/", "--expect", "/no/such/file")]
    [InlineData("bench", "http://127.0.0.1:1/", "--pace", "0")]
    public async Task Options_ThatMakeNoSense_ExitWithTwo(params string[] args) => Assert.Equal(2, (await CommandRun.RunAsync(args)).ExitCode);

    private static async Task<JsonElement> RunAsync(TokenfallServer server, params string[] options)
    {
        var cli = await CommandRun.RunAsync(["bench", server.Url, "--json", .. options]);
        Assert.True(cli.ExitCode == 0, cli.Output + cli.Error);
        return JsonDocument.Parse(cli.Output).RootElement;
    }
}
