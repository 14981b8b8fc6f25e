using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore.Tests;

public sealed class RequestGuardTests
{
    [Fact]
    public async Task Post_Anonymous_Is401WithoutRedirect()
    {
        await using var app = await SignedIn.StartAsync();

        using var response = await app.Client.AskAsync("hi");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData("POST", "/ask/stream")]
    [InlineData("GET", "/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA")]
    [InlineData("DELETE", "/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA")]
    public async Task AnyCall_WrongBearerToken_Is401(string method, string path)
    {
        await using var app = await SignedIn.StartAsync();

        using var response = await app.Client.StartAsync(new HttpRequestMessage(new HttpMethod(method), path).AsProgram("wrong"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Post_CrossSite_Is403()
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Sec-Fetch-Site", "cross-site"));

        Assert.Contains("Sec-Fetch-Site", await Refused.AssertAsync(response, 403, "cross_site"), StringComparison.Ordinal);
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData("same-origin")]
    [InlineData("none")]
    public async Task Post_FromOurOwnPage_Starts(string site)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Sec-Fetch-Site", site));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Delete_CrossSite_Is403AndTheRunGoesOn()
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();

        using var refused = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Delete, response.Headers.Location).With("Sec-Fetch-Site", "cross-site"));

        await Refused.AssertAsync(refused, 403, "cross_site");
        Assert.False(answer.IsCancelled);
    }

    [Fact]
    public async Task Post_CookieWithoutToken_Is400ThatNamesTheHeader()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");

        using var response = await browser.AskAsync("hi");

        Assert.Contains("X-CSRF-TOKEN", await Refused.AssertAsync(response, 400, "antiforgery"), StringComparison.Ordinal);
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("of another session")]
    public async Task Post_CookieWithWrongToken_Is400(string token)
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");
        await browser.TokenAsync();
        using var other = await app.BrowserAsync("eve");
        if (token != "nonsense") token = await other.TokenAsync();

        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).With("X-CSRF-TOKEN", token));

        await Refused.AssertAsync(response, 400, "antiforgery");
    }

    [Fact]
    public async Task Post_CookieWithTokenInTheHeader_Starts()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");

        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).With("X-CSRF-TOKEN", await browser.TokenAsync()));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_CookieWithTokenInTheForm_Starts()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");

        using var response = await browser.StartAsync(Calls.PostForm(("prompt", "hi"), ("__RequestVerificationToken", await browser.TokenAsync())));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("hi", (await app.Source.AskedAsync()).Prompt);
    }

    [Fact]
    public async Task Post_CookieWithMalformedForm_IsRefusedForTheForm()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");
        await browser.TokenAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, TestApp.Path) { Content = new StringContent("--x\r\nnot a part") };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        using var response = await browser.StartAsync(request);

        await Refused.AssertAsync(response, 400, "malformed_form");
    }

    [Fact]
    public async Task Post_CookieWithChunkedFormOverTheLimit_Is413()
    {
        await using var app = await SignedIn.StartAsync(options => options.MaxBodySize = 1000);
        using var browser = await app.BrowserAsync("ada");
        await browser.TokenAsync();
        var request = Calls.PostForm(("prompt", new string('a', 2000)));
        request.Headers.TransferEncodingChunked = true;

        using var response = await browser.StartAsync(request);

        await Refused.AssertAsync(response, 413, "body_too_large");
    }

    [Fact]
    public async Task Post_AntiforgeryDisabledOnTheEndpoint_NeedsNoToken()
    {
        await using var app = await SignedIn.StartAsync(endpoints: mapped => mapped.DisableAntiforgery());
        using var browser = await app.BrowserAsync("ada");

        using var response = await browser.AskAsync("hi");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_BearerToken_NeedsNoAntiforgeryToken()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");

        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("robot"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Delete_CookieWithoutToken_Is400AndTheRunGoesOn()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");
        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).With("X-CSRF-TOKEN", await browser.TokenAsync()));
        var answer = await app.Source.AskedAsync();

        using var refused = await browser.DeleteAsync(response.Headers.Location);

        await Refused.AssertAsync(refused, 400, "antiforgery");
        Assert.False(answer.IsCancelled);
    }

    [Fact]
    public async Task Delete_CookieWithToken_Stops()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");
        var token = await browser.TokenAsync();
        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).With("X-CSRF-TOKEN", token));
        var answer = await app.Source.AskedAsync();

        using var stopped = await browser.StartAsync(new HttpRequestMessage(HttpMethod.Delete, response.Headers.Location).With("X-CSRF-TOKEN", token));

        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        await answer.Cancelled;
    }

    [Fact]
    public async Task Get_CookieWithoutToken_Reads()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");
        using var response = await browser.StartAsync(Calls.Post(new { prompt = "hi" }).With("X-CSRF-TOKEN", await browser.TokenAsync()));

        using var second = await browser.ReadAsync(response.Headers.Location!.OriginalString);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }
}
