using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Builder;

namespace Tokenfall.AspNetCore.Tests;

public sealed class TrustedOriginTests
{
    [Theory]
    [InlineData("https://app.example")]
    [InlineData("HTTPS://App.Example")]
    [InlineData("https://app.example:443")]
    [InlineData("http://localhost:5173")]
    public async Task CrossSitePost_OfATrustedOrigin_Starts(string origin)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.StartAsync(CrossSite(HttpMethod.Post, TestApp.Path, origin));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example:8443")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("null")]
    [InlineData("")]
    public async Task CrossSitePost_OfAnotherOrigin_Is403ThatNamesTheSetting(string origin)
    {
        await using var app = await StartAsync();

        using var response = await app.Client.StartAsync(CrossSite(HttpMethod.Post, TestApp.Path, origin));

        Assert.Contains("Tokenfall:TrustedOrigins", await Refused.AssertAsync(response, 403, "cross_site"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CrossSiteStop_OfATrustedOrigin_Stops()
    {
        await using var app = await StartAsync();
        using var response = await app.Client.AskAsync("hi");

        using var stop = await app.Client.StartAsync(CrossSite(HttpMethod.Delete, response.Headers.Location!.OriginalString, "https://app.example"));

        Assert.Equal(HttpStatusCode.Accepted, stop.StatusCode);
    }

    [Fact]
    public async Task CrossSiteProbe_OfATrustedOrigin_Answers()
    {
        await using var app = await StartAsync();

        using var response = await app.Client.StartAsync(CrossSite(HttpMethod.Get, $"{TestApp.Path}/probe?count=1&interval=1", "https://app.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        builder => builder.Services.Configure<TokenfallHttpOptions>(options =>
        {
            options.TrustedOrigins.Add("https://app.example");
            options.TrustedOrigins.Add("http://localhost:5173/");
        }),
        app => app.MapTokenfall(TestApp.Path));

    private static HttpRequestMessage CrossSite(HttpMethod method, string path, string origin) =>
        (method == HttpMethod.Post ? Calls.Post(new { prompt = "hi" }, path) : new HttpRequestMessage(method, path)).With("Origin", origin).With("Sec-Fetch-Site", "cross-site");
}
