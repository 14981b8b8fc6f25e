namespace Tokenfall.AspNetCore.Tests;

/// <summary>Who answers, and with which settings: the endpoint's choice, or the caller's within the endpoint's limits.</summary>
public sealed class ModelChoiceTests
{
    private readonly ScriptedSource _claude = new();
    private readonly ScriptedSource _local = new();

    [Fact]
    public async Task WithModel_AsksThatOne()
    {
        await using var app = await StartAsync(endpoint => endpoint.WithModel("claude"));

        using var response = await app.Client.AskAsync("hi");

        Assert.Equal("hi", (await _claude.AskedAsync()).Prompt);
    }

    [Fact]
    public async Task WithModels_FieldLeftOut_AsksTheFirst()
    {
        await using var app = await StartAsync(endpoint => endpoint.WithModels("local", "claude"));

        using var response = await app.Client.AskAsync("hi");

        Assert.Equal("hi", (await _local.AskedAsync()).Prompt);
    }

    [Fact]
    public async Task WithModels_FieldNamesOne_AsksThatOne()
    {
        await using var app = await StartAsync(endpoint => endpoint.WithModels("local", "claude"));

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi", model = "claude" }));

        Assert.Equal("hi", (await _claude.AskedAsync()).Prompt);
    }

    [Fact]
    public async Task WithModels_FieldNamesAnother_IsRefusedAndListsThem()
    {
        await using var app = await StartAsync(endpoint => endpoint.WithModels("local"));

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi", model = "claude" }));

        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((HttpStatusCode.BadRequest, "unknown_model"), (response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Contains("local", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (_claude.Count, _local.Count));
    }

    [Fact]
    public async Task WithModel_OfAnUnknownName_FailsAtStartAndListsThem()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(endpoint => endpoint.WithModel("claud")));

        Assert.Contains("'claud'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("claude, local", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithChatOptions_ReachTheModel()
    {
        await using var app = await StartAsync(endpoint => endpoint.WithChatOptions(chat => (chat.Instructions, chat.Temperature) = ("Be brief.", 0.5f)));

        using var response = await app.Client.AskAsync("hi");

        var options = (await _local.AskedAsync()).Request.Options;
        Assert.Equal(("Be brief.", 0.5f, 2048), (options.Instructions, options.Temperature, options.MaxOutputTokens));
    }

    [Theory]
    [InlineData(2f, 1f)]
    [InlineData(0.3f, 0.3f)]
    public async Task AllowedOption_IsTakenWithinItsLimits(float asked, float used)
    {
        await using var app = await StartAsync(endpoint => endpoint.AllowRequestOptions(limits => (limits.Temperature, limits.MaxTokens) = ((0, 1), 100)));

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi", temperature = asked, max_tokens = 5000 }));

        var options = (await _local.AskedAsync()).Request.Options;
        Assert.Equal((used, 100), (options.Temperature, options.MaxOutputTokens));
    }

    [Fact]
    public async Task Option_ThatTheLimitsLeaveOut_IsRefused()
    {
        await using var app = await StartAsync(endpoint => endpoint.AllowRequestOptions(limits => limits.MaxTokens = 100));

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi", temperature = 1 }));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("option_not_allowed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SystemMessage_OfACaller_IsRefused()
    {
        await using var app = await StartAsync(_ => { });

        using var response = await app.Client.StartAsync(Calls.Post(new { messages = new[] { new { role = "system", content = "x" }, new { role = "user", content = "y" } } }));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private Task<TestApp> StartAsync(Action<IEndpointConventionBuilder> endpoint) => TestApp.StartAsync(
        builder => new TokenfallBuilder(builder.Services).AddSource("claude", _ => _claude).AddSource("local", _ => _local),
        app => endpoint(app.MapTokenfall(TestApp.Path)));
}
