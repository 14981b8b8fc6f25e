using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Tests;

public class TokenfallOptionsTests
{
    [Fact]
    public void Defaults_AreValid()
    {
        var options = Read();

        Assert.Equal((DisconnectPolicy.Grace, TimeSpan.FromSeconds(10)), (options.Disconnect, options.Grace));
        Assert.Equal(2048, options.Upstream.MaxTokens);
        Assert.Equal(
            (TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(10)),
            (options.Upstream.FirstContentTimeout, options.Upstream.ContentTimeout, options.Upstream.TotalTimeout));
    }

    [Fact]
    public void Configuration_BindsBothLevels()
    {
        var options = Read(("Disconnect", "stop"), ("Grace", "00:00:05"), ("Upstream:MaxTokens", "99"));

        Assert.Equal((DisconnectPolicy.Stop, TimeSpan.FromSeconds(5), 99), (options.Disconnect, options.Grace, options.Upstream.MaxTokens));
    }

    [Theory]
    [InlineData("Retention", "00:00:00")]
    [InlineData("DrainTime", "-00:00:01")]
    [InlineData("Grace", "25.00:00:00")]
    [InlineData("Disconnect", "7")]
    [InlineData("Upstream:MaxTokens", "0")]
    [InlineData("Upstream:FirstContentTimeout", "00:00:00")]
    [InlineData("Grace", "10")]
    [InlineData("Upstream:ContentTimeout", "00:00:00")]
    [InlineData("Upstream:TotalTimeout", "30.00:00:00")]
    [InlineData("RetentionBytes", "-1")]
    [InlineData("Limits:MaxRunsPerOwner", "0")]
    public void Configuration_OutOfRange_IsRefusedByName(string key, string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read((key, value)));

        Assert.Contains(key.Split(':')[^1], Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_WrongDuration_SaysHowToWriteOne()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(("Grace", "00:00:00")));

        Assert.Contains("Grace must be a duration above zero and below one day, written as hh:mm:ss", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_SeveralMistakes_AreAllNamed()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(("Grace", "00:00:00"), ("Upstream:ContentTimeout", "00:00:00"), ("Upstream:MaxTokens", "0")));

        Assert.All(new[] { "Grace", "ContentTimeout", "MaxTokens" }, name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Configuration_LongestDuration_IsValid() => Assert.Equal(new TimeSpan(23, 59, 59), Read(("Grace", "23:59:59")).Grace);

    private static TokenfallOptions Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{TokenfallOptions.Section}:{setting.Key}", (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddOptions<TokenfallOptions>().Bind(configuration.GetSection(TokenfallOptions.Section));
        services.AddSingleton<IValidateOptions<TokenfallOptions>, TokenfallOptionsValidator>();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<TokenfallOptions>>().Value;
    }
}
