using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.AspNetCore.Tests;

public sealed class AntiforgeryTests
{
    [Fact]
    public async Task Helper_GivesAPageWhatItNeedsToCall()
    {
        await using var app = await SignedIn.StartAsync(map: app => app.MapTokenfallAntiforgery());
        using var browser = await app.BrowserAsync("ada");

        using var answer = await browser.GetAsync("/antiforgery");

        Assert.True(answer.Headers.CacheControl?.NoStore);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" })
            .With(json.GetProperty("header").GetString()!, json.GetProperty("token").GetString()!));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Helper_CalledByAnotherSite_Is403()
    {
        await using var app = await SignedIn.StartAsync(map: app => app.MapTokenfallAntiforgery("/token-for-pages"));

        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, "/token-for-pages").With("Sec-Fetch-Site", "cross-site"));

        await Refused.AssertAsync(response, 403, "cross_site");
    }

    // The application's own, the framework's where it has named none, and the browser client's.
    [Theory]
    [InlineData(null, "RequestVerificationToken", true)]
    [InlineData(null, "X-CSRF-TOKEN", true)]
    [InlineData("X-MINE", "X-MINE", true)]
    [InlineData("X-MINE", "X-CSRF-TOKEN", true)]
    [InlineData("X-MINE", "RequestVerificationToken", false)]
    public async Task Post_TokenInAHeader_StartsWhereItIsRead(string? configured, string sent, bool starts)
    {
        await using var app = await SignedIn.StartAsync(services: services =>
        {
            if (configured is not null) services.AddAntiforgery(options => options.HeaderName = configured);
        });
        using var browser = await app.BrowserAsync("ada");

        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).With(sent, await browser.TokenAsync()));

        Assert.Equal(starts ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Helper_ApplicationHasTurnedTheHeaderOff_RefusesToStart()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SignedIn.StartAsync(
            services: services => services.AddAntiforgery(options => options.HeaderName = null), map: app => app.MapTokenfallAntiforgery()));

        Assert.Contains("AntiforgeryOptions.HeaderName", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ApplicationHasTurnedTheHeaderOff_Is400ThatSaysSo()
    {
        await using var app = await SignedIn.StartAsync(services: services => services.AddAntiforgery(options => options.HeaderName = null));
        using var browser = await app.BrowserAsync("ada");

        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).With("X-CSRF-TOKEN", await browser.TokenAsync()));

        Assert.Contains("AntiforgeryOptions.HeaderName", await Refused.AssertAsync(response, 400, "antiforgery"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/ask/stream", "*/*")]
    [InlineData("POST", "/ask/stream", "text/event-stream")]
    [InlineData("GET", "/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA", "text/event-stream")]
    [InlineData("DELETE", "/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA", "text/html")]
    [InlineData("GET", "/ask/stream/probe", "text/event-stream")]
    public async Task Anonymous_WhereStatusesLeadToAPage_IsAProblem(string method, string path, string accept)
    {
        await using var app = await SignedIn.StartAsync(use: app => app.UseStatusCodePagesWithRedirects("/error/{0}"));

        using var response = await app.Client.StartAsync(new HttpRequestMessage(new HttpMethod(method), path).With("Accept", accept));

        await Refused.AssertAsync(response, 401, "not_signed_in");
    }

    [Fact]
    public async Task SignedInWithoutTheRight_IsAProblem()
    {
        await using var app = await SignedIn.StartAsync(endpoints: endpoints => endpoints.RequireAuthorization(policy => policy.RequireRole("admin")));

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("ada"));

        await Refused.AssertAsync(response, 403, "not_allowed");
    }

    // Written by status code pages, and nothing of ours: the endpoint is not even there.
    [Fact]
    public async Task UnknownAddress_ForAReaderOfEvents_IsAProblem()
    {
        await using var app = await SignedIn.StartAsync(use: app => app.UseStatusCodePages());

        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, "/nothing").With("Accept", "text/event-stream"));

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((404, "Not Found"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("title").GetString()));
        Assert.StartsWith("https://", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", problem.GetProperty("traceId").GetString());
    }
}
