using System.Diagnostics;
using System.Text.Json;

namespace Tokenfall.Testing.Tests.Sdks;

/// <summary>Witness: the official TypeScript SDK, in Node, reads what the server sends. Needs <c>npm ci</c> in tests/witnesses.</summary>
[Trait("Needs", "npm")]
public sealed class NpmSdkTests
{
    [Fact]
    public async Task Stream_OfAllBlocks_IsReadWhole()
    {
        var script = ModelScript.Lorem(300) with
        {
            Thinking = "First I think.",
            Tools = [new("get_weather", """{"city":"Kraków"}""")],
            InputTokens = 25,
            OutputTokens = 321,
        };

        var (result, _) = await ReadAsync(script);

        var message = result.GetProperty("message");
        var content = message.GetProperty("content");
        Assert.Equal("First I think.", content[0].GetProperty("thinking").GetString());
        Assert.NotEqual("", content[0].GetProperty("signature").GetString());
        Assert.Equal(script.Text, content[1].GetProperty("text").GetString());
        Assert.Equal("Kraków", content[2].GetProperty("input").GetProperty("city").GetString());
        Assert.Equal("tool_use", message.GetProperty("stop_reason").GetString());
        Assert.Equal(25, message.GetProperty("usage").GetProperty("input_tokens").GetInt32());
        Assert.Equal(321, message.GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public async Task Overloaded_BeforeTheStream_IsAServerErrorWithItsRequestId()
    {
        var (result, requestId) = await ReadAsync(ModelScript.Fail(ModelFault.Overloaded));

        var error = result.GetProperty("error");
        Assert.Equal(529, error.GetProperty("status").GetInt32());
        Assert.Equal("overloaded_error", error.GetProperty("type").GetString());
        Assert.Equal(requestId, error.GetProperty("requestId").GetString());
    }

    [Fact]
    public async Task RateLimited_BeforeTheStream_IsARateLimitError()
    {
        var (result, _) = await ReadAsync(ModelScript.Fail(ModelFault.RateLimited(TimeSpan.FromSeconds(1))));

        Assert.Equal("RateLimitError", result.GetProperty("error").GetProperty("name").GetString());
    }

    [Fact]
    public async Task InBandError_InMidStream_IsAnApiErrorOfItsType()
    {
        var (result, _) = await ReadAsync(ModelScript.Fail(ModelFault.InBandError("overloaded_error", "Overloaded", 2)));

        Assert.Equal("overloaded_error", result.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("error").GetProperty("status").ValueKind);
    }

    [Fact]
    public async Task CleanEnd_InMidStream_IsAnErrorOfFinalMessage()
    {
        var (result, _) = await ReadAsync(ModelScript.Fail(ModelFault.CleanEnd(2)));

        Assert.True(result.TryGetProperty("error", out _));
    }

    private static async Task<(JsonElement Result, string RequestId)> ReadAsync(ModelScript script)
    {
        var folder = Repository.PathOf("tests/witnesses");
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules", "@anthropic-ai", "sdk")),
            "The npm witness is not installed: run `npm ci` in tests/witnesses, then test again.");

        await using var server = await ModelServer.StartAsync(new() { ApiKey = "secret" });
        server.Script = script;
        var start = new ProcessStartInfo("node", ["anthropic.mjs", server.Url.ToString(), "secret"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        try
        {
            var output = node.StandardOutput.ReadToEndAsync(Client.Deadline);
            var errors = node.StandardError.ReadToEndAsync(Client.Deadline);
            await node.WaitForExitAsync(Client.Deadline);
            Assert.True(node.ExitCode == 0, await errors);
            return (JsonDocument.Parse(await output).RootElement, server.Calls[0].RequestId);
        }
        finally
        {
            if (!node.HasExited)
                node.Kill();
        }
    }
}
