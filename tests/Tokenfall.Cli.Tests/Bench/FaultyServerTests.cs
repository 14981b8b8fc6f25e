using Microsoft.AspNetCore.Http;
using Tokenfall.Cli.Tests.Terminal;
using static Tokenfall.Cli.Tests.Bench.ScriptedServer;

namespace Tokenfall.Cli.Tests.Bench;

/// <summary>Whatever a server does wrong, <c>tokenfall bench</c> says so and exits with 1.</summary>
public class FaultyServerTests
{
    [Theory]
    [InlineData("complete", "start,2:ab,3:c,done:4:3")]
    [InlineData("complete", "start,4:abc,done:5:3")] // merged: numbers may jump
    [InlineData("lost", "start,2:ab,done:4:3")]
    [InlineData("repeated", "start,2:ab,3:c,4:c,done:5:3")]
    [InlineData("repeated", "start,2:ab,2:ab,3:c,done:4:3")]
    [InlineData("lost", "start,2:0@1;,3:2@3;,done:4:8")]
    [InlineData("repeated", "start,2:0@1;,3:1@3;,4:1@3;,done:5:12")]
    [InlineData("broken", "start,2:ab,3:c")]
    [InlineData("broken", "start,2:ab,done:3:2,4:c")]
    [InlineData("broken", "start,2:ab,done:3:many")]
    public async Task Stream_OfThisForm_IsJudged(string verdict, string form)
    {
        await using var server = await ScriptedServer.StartAsync([.. form.Split(',').Select(FrameOf)]);

        await AssertVerdictAsync(verdict, server.Url);
    }

    [Fact]
    public async Task Id_OfAnotherRun_IsBroken()
    {
        await using var server = await ScriptedServer.StartAsync(Start, Frame(2, "delta", """{"text":"a"}""", run: "another"), Done(3, 1));

        await AssertVerdictAsync("broken", server.Url);
    }

    [Theory]
    [InlineData("event: delta\ndata: {\"text\":\"a\"}\n\n")]
    [InlineData("event: delta\ndata: {\"text\":\"a\"}\nid: run.x\n\n")]
    [InlineData("<html>502 Bad Gateway</html>\n\n")]
    [InlineData("event: delta\r\ndata: {\"text\":\"a\"}\r\nid: Zk3vM0q2T5uXw8yB1cD4eA.2\r\n\r\n")]
    [InlineData("event: delta\ndata: {\"text\":\"\\q\"}\nid: Zk3vM0q2T5uXw8yB1cD4eA.2\n\n")]
    public async Task Frame_ThatIsMalformed_IsBroken(string frame)
    {
        await using var server = await ScriptedServer.StartAsync(Start, frame, Done(3, 1));

        await AssertVerdictAsync("broken", server.Url);
    }

    [Fact]
    public async Task Response_ThatIsCut_IsBroken()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            // More than there is: Kestrel sends what it has, and closes.
            context.Response.ContentLength = 1000;
            return context.Response.WriteAsync(Start + Delta(2, "ab"));
        });

        var cli = await AssertVerdictAsync("broken", server.Url);
        Assert.Contains("cut after 1 deltas", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ClosedWithoutAnAnswer_IsRefused()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        await AssertVerdictAsync("refused", server.Url);
    }

    [Fact]
    public async Task Text_OtherThanExpected_IsChanged()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "Héllo");
            await using var server = await ScriptedServer.StartAsync(Start, Delta(2, "H\\u00e9llu"), Done(3, 5));

            await AssertVerdictAsync("changed", server.Url, "--expect", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Texts_ThatDiffer_AreChangedWhenTheyMustBeTheSame()
    {
        var answers = 0;
        await using var server = await ScriptedServer.StartAsync(context => context.Response.WriteAsync(Start + Delta(2, $"{Interlocked.Increment(ref answers)}") + Done(3, 1)));

        await AssertVerdictAsync("changed", server.Url, "--same-text");
    }

    [Fact]
    public async Task ErrorEvent_IsFailed()
    {
        await using var server = await ScriptedServer.StartAsync(Start, Frame(2, "error", """{"code":"overloaded","message":"Too much to do."}"""));

        var cli = await AssertVerdictAsync("failed", server.Url);
        Assert.Contains("overloaded: Too much to do.", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OtherThan200_IsRefused()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            return context.Response.WriteAsync("""{"code":"too_many_runs"}""");
        });

        var cli = await AssertVerdictAsync("refused", server.Url);
        Assert.Contains("too_many_runs", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ThatIsCompressed_IsRefused()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.WriteAsync("x");
        });

        var cli = await AssertVerdictAsync("broken", server.Url);
        Assert.Contains("compressed", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatFallsSilent_IsBroken()
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync(Start);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        await AssertVerdictAsync("broken", server.Url, "--silence", "100ms");
    }

    [Theory]
    [InlineData("complete", "data: 0@1;\n\n", "data: {\"x\":\"1@2;\"}\n\n")]
    [InlineData("complete", "event: token\r\ndata:0@1;\r\n\r\ndata:1@2;\r\n\r\n")]
    [InlineData("lost", "data: 0@1;\n\n")]
    [InlineData("lost", "data: none\n\n")]
    [InlineData("repeated", "data: 0@1;\n\n", "data: 1@1;\n\n", "data: 1@1;\n\n")]
    public async Task CountOnly_StampedTokensOfAnyServer_AreCounted(string verdict, params string[] frames)
    {
        await using var server = await ScriptedServer.StartAsync(frames);

        await AssertVerdictAsync(verdict, server.Url, "--count-only", "--tokens", "2");
    }

    private static async Task<CommandRun> AssertVerdictAsync(string verdict, string url, params string[] options)
    {
        var cli = await CommandRun.RunAsync(["bench", url, "-n", options.Contains("--same-text") ? "2" : "1", "--json", .. options]);
        using var json = JsonDocument.Parse(cli.Output);
        Assert.True(json.RootElement.GetProperty("streams").TryGetProperty(verdict, out _), cli.Output);
        Assert.Equal(verdict == "complete" ? 0 : 1, cli.ExitCode);
        return cli;
    }

    private static string FrameOf(string part)
    {
        var parts = part.Split(':');
        return parts[0] switch
        {
            "start" => Start,
            "done" => Frame(int.Parse(parts[1]), "done", $$"""{"chars":{{(parts[2] == "many" ? "\"many\"" : parts[2])}}}"""),
            _ => Delta(int.Parse(parts[0]), parts[1]),
        };
    }
}
