using Microsoft.AspNetCore.Http;
using Tokenfall.Cli.Tests.Terminal;

namespace Tokenfall.Cli.Tests.Bench;

/// <summary>A refused load says what was refused, and what to set.</summary>
public class LoadAdviceTests
{
    [Theory]
    [InlineData(401, "unauthorized", "TOKENFALL_AUTH=none")]
    [InlineData(401, "unauthorized", "An application of your own: pass its token with --key")]
    [InlineData(400, "antiforgery", "X-CSRF-TOKEN")]
    [InlineData(404, "not_found", "/ask/stream")]
    [InlineData(429, "too_many_runs_of_owner", "Tokenfall__Limits__MaxRunsPerOwner=3")]
    [InlineData(429, "too_many_runs", "Tokenfall__Limits__MaxRuns=3")]
    public async Task Refusal_OfThisKind_SaysWhatToSet(int status, string code, string advice)
    {
        await using var server = await RefusingServerAsync(status, code);

        var cli = await CommandRun.RunAsync("bench", server.Url, "-n", "3");

        Assert.Contains(advice, cli.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_OfAKey_DoesNotAskForAKey()
    {
        await using var server = await RefusingServerAsync(401, "unauthorized");

        var cli = await CommandRun.RunAsync("bench", server.Url, "-n", "1", "--key", "wrong");

        Assert.Contains("does not accept this key", cli.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_InChunks_IsReadWithoutTheirFraming()
    {
        await using var server = await RefusingServerAsync(429, "too_many_runs");

        var cli = await CommandRun.RunAsync("bench", server.Url, "-n", "1", "--json");

        using var json = JsonDocument.Parse(cli.Output);
        var problem = json.RootElement.GetProperty("problems")[0];
        Assert.Equal("status 429: too_many_runs: It is busy.", problem.GetProperty("example").GetString());
        Assert.Equal(429, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Load_WithoutDeltas_NamesNoCostForEach()
    {
        await using var server = await RefusingServerAsync(503, "draining");

        var cli = await CommandRun.RunAsync("bench", server.Url, "-n", "1");

        Assert.Contains("No delta arrived", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("µs", cli.Output, StringComparison.Ordinal);
        Assert.Matches(@"first token, from the request\W+-\W", cli.Output);
        Assert.Matches(@"most open at once\W+-\W", cli.Output);
    }

    // In two chunks, as a server without a length sends it.
    private static Task<ScriptedServer> RefusingServerAsync(int status, string code) => ScriptedServer.StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        await context.Response.WriteAsync("{\"title\":\"Refused\",");
        await context.Response.Body.FlushAsync();
        await context.Response.WriteAsync($$"""
            "detail":"It is busy.","code":"{{code}}"}
            """);
    });
}
