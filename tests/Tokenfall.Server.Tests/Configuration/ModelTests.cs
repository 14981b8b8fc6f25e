using Microsoft.Extensions.Configuration;
using Tokenfall.Server.Configuration;
using Tokenfall.Testing;

namespace Tokenfall.Server.Tests.Configuration;

public class ModelTests
{
    private const string Key = "sk-ant-a-secret-of-this-test";

    [Theory]
    [InlineData(null, null, null, true, "Demo")]
    [InlineData(null, "key", null, true, "Anthropic")]
    [InlineData(null, null, "key", true, "Anthropic")]
    [InlineData(null, "key", null, false, "Anthropic")]
    [InlineData(null, "  ", null, true, "Demo")]
    [InlineData("demo", "key", null, true, "Demo")]
    [InlineData("demo", null, null, false, "Demo")]
    [InlineData("Anthropic", null, "key", false, "Anthropic")]
    public void Model_IsChosenByNameElseByKey(string? model, string? variable, string? setting, bool development, string expected) =>
        Assert.Equal(expected, Decide(model, variable, setting, development).ToString());

    [Theory]
    [InlineData(null, null, false, "ANTHROPIC_API_KEY")]
    [InlineData("anthropic", null, true, "ANTHROPIC_API_KEY")]
    [InlineData("gpt", "key", true, "Choose anthropic or demo")]
    public void Model_ThatCannotAnswer_IsRefusedInWords(string? model, string? variable, bool development, string words)
    {
        var e = Assert.Throws<StartupException>(() => Decide(model, variable, null, development));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WithAKeyOfTheModel_AsksTheApi()
    {
        await using var model = await ModelServer.StartAsync();
        model.Script = ModelScript.Say("Water, falling.");
        await using var app = WithKey(model);
        using var browser = await app.SignedInAsync();
        Assert.Contains("falling.", await Ask.TextAsync(browser), StringComparison.Ordinal);
        var session = await TestApp.SessionAsync(browser);
        Assert.False(session.GetProperty("demo").GetBoolean());
        Assert.StartsWith("claude-", session.GetProperty("model").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_TheKeyOfTheModel_NeverReachesTheLogOrTheReader()
    {
        await using var model = await ModelServer.StartAsync();
        model.Script = ModelScript.Fail(ModelFault.Unauthorized);
        await using var app = WithKey(model);
        using var browser = await app.SignedInAsync();
        var answer = await Ask.TextAsync(browser);
        Assert.Contains("event: error", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, app.Log.Text(), StringComparison.Ordinal);
    }

    private static TestApp WithKey(ModelServer model) => new()
    {
        Settings =
        {
            ["Tokenfall:Model"] = "",
            ["ANTHROPIC_API_KEY"] = Key,
            ["ANTHROPIC_BASE_URL"] = model.Url.ToString(),
        },
    };

    private static ModelKind Decide(string? model, string? variable, string? setting, bool development)
    {
        var settings = new Dictionary<string, string?> { ["ANTHROPIC_API_KEY"] = variable, ["Tokenfall:Anthropic:ApiKey"] = setting };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return ModelChoice.Decide(new ServerOptions { Model = model }, configuration, development);
    }
}
