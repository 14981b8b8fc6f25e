using Tokenfall.Cli.Tests.Terminal;
using Tokenfall.Tests;

namespace Tokenfall.Cli.Tests.Proxies;

public class ProxyCommandTests
{
    public static TheoryData<string, string> Products => new()
    {
        { "nginx", "deploy/nginx/tokenfall.conf" },
        { "caddy", "deploy/caddy/Caddyfile" },
        { "haproxy", "deploy/haproxy/haproxy.cfg" },
        { "apache", "deploy/apache/tokenfall.conf" },
        { "envoy", "deploy/envoy/envoy.yaml" },
        { "traefik", "deploy/traefik/tokenfall.yaml" },
    };

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Proxy_NoOptions_PrintsTheShippedFile(string product, string file)
    {
        var cli = await CommandRun.RunAsync("proxy", product);

        Assert.Equal(0, cli.ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf(file)), cli.Output);
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Proxy_Options_ReplaceEveryShippedValue(string product, string file)
    {
        Assert.True(File.Exists(Repository.PathOf(file)));

        var cli = await CommandRun.RunAsync("proxy", product, "--host", "example.org", "--upstream", "http://10.1.2.3:5000/", "--path", "/support/live/");

        Assert.Equal(0, cli.ExitCode);
        Assert.Contains("example.org", cli.Output, StringComparison.Ordinal);
        Assert.Contains(product == "envoy" ? "address: \"10.1.2.3\", port_value: 5000 " : "10.1.2.3:5000", cli.Output, StringComparison.Ordinal);
        Assert.Contains("/support/live", cli.Output, StringComparison.Ordinal);
        Assert.All(["chat.example.com", "127.0.0.1", ":8000", "8000 }", "/ask/stream", "/support/live/ ", "CHANGE", "next to this file"], shipped =>
            Assert.DoesNotContain(shipped, cli.Output, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Proxy_OneOption_LeavesTheOthersMarked(string product, string file)
    {
        var marks = (await File.ReadAllTextAsync(Repository.PathOf(file))).Split("CHANGE").Length;

        var cli = await CommandRun.RunAsync("proxy", product, "--upstream", "127.0.0.1:8000");

        Assert.DoesNotContain("CHANGE: where Tokenfall listens", cli.Output, StringComparison.Ordinal);
        Assert.Equal(marks - 1, cli.Output.Split("CHANGE").Length);
    }

    [Theory]
    [InlineData("--host", "https://example.org")]
    [InlineData("--host", "example.org; return 200")]
    [InlineData("--host", "example.org\n")]
    [InlineData("--upstream", "127.0.0.1")]
    [InlineData("--upstream", "127.0.0.1:65536")]
    [InlineData("--upstream", "https://127.0.0.1:8000")]
    [InlineData("--path", "ask/stream")]
    [InlineData("--path", "/")]
    [InlineData("--path", "/ask stream")]
    public async Task Proxy_ValueOfAnotherForm_ExitsWithTwoAndNamesTheOption(string option, string value)
    {
        var cli = await CommandRun.RunAsync("proxy", "nginx", option, value);

        Assert.Equal(2, cli.ExitCode);
        Assert.Empty(cli.Output);
        Assert.Contains(option, cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_UnknownProduct_NamesTheKnownOnes()
    {
        var cli = await CommandRun.RunAsync("proxy", "squid");

        Assert.Equal(2, cli.ExitCode);
        Assert.All(Products.Select(row => (string)row[0]), product => Assert.Contains(product, cli.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Proxy_Json_IsOneDocument()
    {
        var cli = await CommandRun.RunAsync("proxy", "traefik", "--json", "--host", "example.org");

        using var document = JsonDocument.Parse(cli.Output);
        Assert.Equal("example.org", document.RootElement.GetProperty("host").GetString());
        Assert.False(document.RootElement.GetProperty("tested").GetBoolean());
        Assert.Contains("example.org", document.RootElement.GetProperty("configuration").GetString()!, StringComparison.Ordinal);
    }
}
