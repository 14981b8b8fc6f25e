using System.Net;

namespace Tokenfall.Tests;

public sealed class AnthropicRequestTests
{
    [Theory]
    [InlineData("https://api.anthropic.com", "https://api.anthropic.com/v1/messages")]
    [InlineData("https://api.anthropic.com/", "https://api.anthropic.com/v1/messages")]
    [InlineData("http://127.0.0.1:4000/gateway/claude", "http://127.0.0.1:4000/gateway/claude/v1/messages")]
    [InlineData("http://127.0.0.1:4000/gateway/claude//", "http://127.0.0.1:4000/gateway/claude/v1/messages")]
    public async Task Request_GoesBelowTheBaseUrl(string baseUrl, string expected)
    {
        using var handler = await SendAsync(options => options.BaseUrl = baseUrl);

        Assert.Equal(HttpMethod.Post, handler.Request!.Method);
        Assert.Equal(expected, handler.Request.RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task Request_HasTheHeadersOfTheApi()
    {
        using var handler = await SendAsync();

        string Header(string name) => handler.Request!.Headers.NonValidated[name].ToString();
        Assert.Equal(Model.Key, Header("x-api-key"));
        Assert.Equal("2023-06-01", Header("anthropic-version"));
        Assert.Equal("text/event-stream", Header("Accept"));
        Assert.StartsWith("tokenfall/0.", Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal("application/json", handler.Request!.Content!.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Request_TakesHttp2WhereItIsOffered()
    {
        using var handler = await SendAsync();

        Assert.Equal(HttpVersion.Version20, handler.Request!.Version);
        Assert.Equal(HttpVersionPolicy.RequestVersionOrLower, handler.Request.VersionPolicy);
    }

    [Fact]
    public async Task Request_Body_HasTheConversation()
    {
        using var handler = await SendAsync(options => options.Model = "claude-x", new ModelRequest(
            [new(ChatRole.User, "a \"b\"\n"), new(ChatRole.Assistant, "é"), new(ChatRole.User, "😀")], new() { MaxOutputTokens = 99 }));

        Assert.Equal(
            """{"model":"claude-x","max_tokens":99,"stream":true,"messages":[{"role":"user","content":"a \"b\"\n"},{"role":"assistant","content":"é"},{"role":"user","content":"😀"}]}""",
            handler.RequestBody!.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_ThatNamesAModel_AsksThatOne()
    {
        using var handler = await SendAsync(request: new ModelRequest([new(ChatRole.User, "a")], new() { ModelId = "claude-fallback" }));

        using var body = JsonDocument.Parse(handler.RequestBody!);
        Assert.Equal("claude-fallback", body.RootElement.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Request_WithASystemPrompt_SendsIt()
    {
        using var handler = await SendAsync(options => options.System = "Be brief.");

        using var body = JsonDocument.Parse(handler.RequestBody!);
        Assert.Equal("Be brief.", body.RootElement.GetProperty("system").GetString());
    }

    [Fact]
    public async Task Request_WithHalfASurrogatePair_IsSentRepaired()
    {
        using var handler = await SendAsync(request: Model.Asks("a\ud83d"));

        using var body = JsonDocument.Parse(handler.RequestBody!);
        Assert.Equal("a\uFFFD", body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    private static async Task<ScriptedHandler> SendAsync(Action<AnthropicOptions>? configure = null, ModelRequest? request = null)
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(Wire.Whole())));
        using var model = new Model(handler, configure: configure);
        Assert.Equal(EventKind.Done, (await model.AskAsync(request)).End);
        return handler;
    }
}
