using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore.Tests;

public sealed class TokenfallServiceCollectionExtensionsTests
{
    [Fact]
    public void Options_NothingConfigured_HaveTheDocumentedDefaults()
    {
        var options = Bind();

        Assert.Equal((5000, 1024 * 1024, false), (options.MaxPromptLength, options.MaxBodySize, options.AllowGetStart));
        Assert.Equal((200_000, 500), (options.MaxConversationLength, options.MaxMessages));
        Assert.Equal((Seconds(15), Seconds(30), Seconds(10)), (options.Heartbeat, options.WriteTimeout, options.Grace));
        Assert.Equal(DisconnectPolicy.Grace, options.Disconnect);
        Assert.Equal((2048, Seconds(60), Seconds(45), Seconds(600)),
            (options.Upstream.MaxTokens, options.Upstream.FirstContentTimeout, options.Upstream.ContentTimeout, options.Upstream.TotalTimeout));
    }

    [Fact]
    public void Options_Section_IsBound()
    {
        var options = Bind(
            ("Tokenfall:MaxConversationLength", "5"), ("Tokenfall:MaxMessages", "6"),
            ("Tokenfall:MaxPromptLength", "7"), ("Tokenfall:MaxBodySize", "8"), ("Tokenfall:AllowGetStart", "true"), ("Tokenfall:Heartbeat", "00:00:05"),
            ("Tokenfall:WriteTimeout", "00:01:00"), ("Tokenfall:Disconnect", "stop"), ("Tokenfall:Grace", "01:02:03"),
            ("Tokenfall:Upstream:MaxTokens", "9"), ("Tokenfall:Upstream:FirstContentTimeout", "00:00:01.5"),
            ("Tokenfall:Upstream:ContentTimeout", "00:00:02"), ("Tokenfall:Upstream:TotalTimeout", "00:00:03"));

        Assert.Equal((5, 6), (options.MaxConversationLength, options.MaxMessages));
        Assert.Equal((7, 8, true), (options.MaxPromptLength, options.MaxBodySize, options.AllowGetStart));
        Assert.Equal((Seconds(5), Seconds(60), Seconds(3723)), (options.Heartbeat, options.WriteTimeout, options.Grace));
        Assert.Equal(DisconnectPolicy.Stop, options.Disconnect);
        Assert.Equal((9, Seconds(1.5), Seconds(2), Seconds(3)),
            (options.Upstream.MaxTokens, options.Upstream.FirstContentTimeout, options.Upstream.ContentTimeout, options.Upstream.TotalTimeout));
    }

    [Fact]
    public void Options_ConfiguredInCodeToo_CodeWins()
    {
        using var services = Build(services => services.AddTokenfall(configureHttp: options => options.MaxPromptLength = 3), ("Tokenfall:MaxPromptLength", "7"));

        Assert.Equal(3, services.GetRequiredService<IOptions<TokenfallHttpOptions>>().Value.MaxPromptLength);
    }

    [Theory]
    [InlineData("Tokenfall:MaxPromptLength", "0", "MaxPromptLength")]
    [InlineData("Tokenfall:MaxConversationLength", "0", "MaxConversationLength")]
    [InlineData("Tokenfall:MaxMessages", "0", "MaxMessages")]
    [InlineData("Tokenfall:MaxBodySize", "-1", "MaxBodySize")]
    [InlineData("Tokenfall:Heartbeat", "00:00:00", "hh:mm:ss")]
    [InlineData("Tokenfall:WriteTimeout", "-00:00:01", "hh:mm:ss")]
    [InlineData("Tokenfall:Grace", "25.00:00:00", "below one day")]
    [InlineData("Tokenfall:Disconnect", "9", "Disconnect")]
    [InlineData("Tokenfall:TrustedOrigins:0", "*", "TrustedOrigins must be origins")]
    [InlineData("Tokenfall:TrustedOrigins:0", "null", "TrustedOrigins must be origins")]
    [InlineData("Tokenfall:TrustedOrigins:0", "https://app.example/page", "TrustedOrigins must be origins")]
    [InlineData("Tokenfall:TrustedOrigins:0", "https://*.app.example", "TrustedOrigins must be origins")]
    [InlineData("Tokenfall:TrustedOrigins:0", "app.example", "TrustedOrigins must be origins")]
    [InlineData("Tokenfall:Upstream:MaxTokens", "0", "MaxTokens")]
    [InlineData("Tokenfall:Upstream:ContentTimeout", "00:00:00", "ContentTimeout must be a duration")]
    public void Options_Invalid_SaySoAtStart(string key, string value, string says)
    {
        using var services = Build(services => services.AddTokenfall(), (key, value));

        var invalid = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(says, invalid.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_NotADuration_NameTheKey()
    {
        var invalid = Assert.Throws<InvalidOperationException>(() => Bind(("Tokenfall:Heartbeat", "soon")));

        Assert.Contains("Tokenfall:Heartbeat", invalid.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Antiforgery_NotConfigured_KeepsTheFrameworksHeader() =>
        Assert.Equal(new AntiforgeryOptions().HeaderName, HeaderName(services => services.AddTokenfall()));

    [Fact]
    public void Antiforgery_ConfiguredBefore_KeepsItsHeader() =>
        Assert.Equal("X-MINE", HeaderName(services => services.AddAntiforgery(options => options.HeaderName = "X-MINE").AddTokenfall()));

    [Fact]
    public void Antiforgery_ConfiguredAfter_KeepsItsHeader() =>
        Assert.Equal("X-MINE", HeaderName(services => services.AddTokenfall().Services.AddAntiforgery(options => options.HeaderName = "X-MINE")));

    public static TheoryData<Action<IServiceCollection>> Authorizations =>
    [
        services => services.AddAuthorization().AddTokenfall(),
        services => services.AddTokenfall().Services.AddAuthorization(),
    ];

    [Theory]
    [MemberData(nameof(Authorizations), DisableDiscoveryEnumeration = true)]
    public void Authorization_AddedBeforeOrAfter_RefusesWithProblems(Action<IServiceCollection> add)
    {
        using var services = Build(add);

        Assert.IsType<SignInProblems>(services.GetRequiredService<IAuthorizationMiddlewareResultHandler>());
    }

    [Fact]
    public void Authorization_WithAHandlerOfTheApplication_KeepsIt()
    {
        using var services = Build(services => services.AddSingleton<IAuthorizationMiddlewareResultHandler, OwnHandler>().AddTokenfall());

        Assert.IsType<OwnHandler>(services.GetRequiredService<IAuthorizationMiddlewareResultHandler>());
    }

    [Fact]
    public void AddTokenfall_Twice_IsAsOnce()
    {
        using var services = Build(services => services.AddTokenfall().Services.AddTokenfall());

        Assert.Single(services.GetServices<RunManager>());
    }

    private sealed class OwnHandler : IAuthorizationMiddlewareResultHandler
    {
        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) => next(context);
    }

    private static string? HeaderName(Action<IServiceCollection> add)
    {
        using var services = Build(add);
        return services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.HeaderName;
    }

    private static AppOptions Bind(params (string Key, string Value)[] configuration)
    {
        using var services = Build(services => services.AddTokenfall(), configuration);
        return new AppOptions(
            services.GetRequiredService<IOptions<TokenfallOptions>>().Value, services.GetRequiredService<IOptions<TokenfallHttpOptions>>().Value);
    }

    private static ServiceProvider Build(Action<IServiceCollection> add, params (string Key, string Value)[] configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value))).Build());
        add(services);
        return services.BuildServiceProvider();
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
