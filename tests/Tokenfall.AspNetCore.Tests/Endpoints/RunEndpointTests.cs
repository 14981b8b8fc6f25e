using System.Net.Http.Json;

namespace Tokenfall.AspNetCore.Tests;

public sealed class RunEndpointTests
{
    [Fact]
    public async Task Post_Location_IsThePathOfTheRun()
    {
        await using var app = await TestApp.StartAsync();

        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));

        var run = (await stream.FrameAsync())!.Run;
        Assert.Equal($"/ask/stream/{run}", stream.Location);
    }

    [Fact]
    public async Task Post_TrailingSlash_StartsWithoutRedirect()
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.AskAsync("hi", "/ask/stream/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Matches("^/ask/stream/[A-Za-z0-9_-]{22}$", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Post_UnderAPathBase_LocationHasIt()
    {
        await using var app = await TestApp.StartAsync(_ => { }, app =>
        {
            app.UsePathBase("/app");
            app.UseRouting();
            app.MapTokenfall(TestApp.Path);
        });

        using var response = await app.Client.AskAsync("hi", "/app/ask/stream");

        Assert.StartsWith("/app/ask/stream/", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var second = await app.Client.ReadAsync(response.Headers.Location.OriginalString);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Theory]
    [InlineData("k%C3%B6ln")]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    [InlineData("a%3Fb%23c")]
    [InlineData("a%0D%0Ab")]
    public async Task Post_PathWithSpecialCharacters_LocationLeadsBack(string team)
    {
        await using var app = await TestApp.StartAsync(_ => { }, app => app.MapTokenfall("/teams/{team}/stream"));

        using var response = await app.Client.AskAsync("hi", $"/teams/{team}/stream");

        Assert.StartsWith($"/teams/{team}/stream/", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var second = await app.Client.ReadAsync(response.Headers.Location.OriginalString);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Start_OtherMethod_Is405(string method)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/ask/stream?prompt=hi"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("POST", string.Join(",", response.Content.Headers.Allow));
        Assert.Equal(0, app.Source.Count);
    }

    [Fact]
    public async Task Start_ByGet_IsRefusedInWords_AlsoWithoutSignIn()
    {
        await using var app = await SignedIn.StartAsync();

        using var response = await app.Client.GetAsync(TestApp.Path);

        Assert.Contains("Tokenfall:AllowGetStart", await Refused.AssertAsync(response, 405, "method_not_allowed"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestApp.Path)]
    [InlineData("{*path}")]
    public async Task Start_ByGet_WhereTheApplicationHasAPage_IsThePage(string pattern)
    {
        await using var app = await TestApp.StartAsync(_ => { }, app =>
        {
            app.MapTokenfall(TestApp.Path);
            app.MapGet(pattern, () => "page").WithOrder(int.MaxValue);
        });

        Assert.Equal("page", await app.Client.GetStringAsync(TestApp.Path));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("POST")]
    public async Task Run_OtherMethod_Is405(string method)
    {
        await using var app = await TestApp.StartAsync();
        using var response = await app.Client.AskAsync("hi");

        using var other = await app.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), response.Headers.Location));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, other.StatusCode);
    }

    [Fact]
    public async Task GetStart_Allowed_StartsAndReads()
    {
        await using var app = await TestApp.StartAsync(options => options.AllowGetStart = true);

        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync("/ask/stream?prompt=w%C3%B6rld&disconnect=continue"));

        Assert.Equal("start", (await stream.FrameAsync())!.Event);
        Assert.Equal("wörld", (await app.Source.AskedAsync()).Prompt);
    }

    [Theory]
    [InlineData("", "prompt_empty")]
    [InlineData("?prompt=%20", "prompt_empty")]
    [InlineData("?prompt=a&disconnect=never", "bad_disconnect")]
    public async Task GetStart_BadQuery_Is400(string query, string code)
    {
        await using var app = await TestApp.StartAsync(options => options.AllowGetStart = true);

        using var response = await app.Client.ReadAsync(TestApp.Path + query);

        await Refused.AssertAsync(response, 400, code);
        Assert.Equal(0, app.Source.Count);
    }

    [Fact]
    public async Task GetStart_CrossSite_Is403()
    {
        await using var app = await TestApp.StartAsync(options => options.AllowGetStart = true);

        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, "/ask/stream?prompt=hi").With("Sec-Fetch-Site", "cross-site"));

        await Refused.AssertAsync(response, 403, "cross_site");
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Run_SomeoneElses_IsRefusedWithTheSameWordsAsAnUnknownOne(string method)
    {
        await using var app = await SignedIn.StartAsync();
        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("ada"));
        var answer = await app.Source.AskedAsync();

        var foreign = await RefusalAsync(app, method, response.Headers.Location!.OriginalString);
        var unknown = await RefusalAsync(app, method, TestApp.Path + "/Zk3vM0q2T5uXw8yB1cD4eA");

        Assert.Equal(unknown, foreign);
        Assert.False(answer.IsCancelled);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4eA.1")]
    [InlineData("Zk3vM0q2T5uXw8yB1cD4e%20")]
    [InlineData("..%2F..%2Fetc")]
    [InlineData("%00")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("%0d%0ax:y")]
    public async Task Run_StrangeId_IsUnknown(string id)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.ReadAsync($"{TestApp.Path}/{id}");

        // A server may refuse an address before it is ours to answer.
        if (response.StatusCode != HttpStatusCode.BadRequest) await Refused.AssertAsync(response, 404, "unknown_run");
        Assert.DoesNotContain(app.Logs.Problems(), record => record.Exception is not null);
    }

    [Fact]
    public async Task Run_VeryLongId_IsUnknown()
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.ReadAsync($"{TestApp.Path}/{new string('a', 7000)}");

        await Refused.AssertAsync(response, 404, "unknown_run");
    }

    // Everything but what differs from call to call.
    private static async Task<string> RefusalAsync(TestApp app, string method, string path)
    {
        using var response = await app.Client.StartAsync(new HttpRequestMessage(new HttpMethod(method), path).AsProgram("eve"));
        var body = await response.Content.ReadFromJsonAsync<Dictionary<string, JsonElement>>();
        foreach (var key in new[] { "request_id", "traceId" }) body!.Remove(key);
        var headers = response.Headers.NonValidated.Select(header => header.Key).Concat(response.Content.Headers.NonValidated.Select(header => header.ToString()));
        return $"{response.StatusCode} {JsonSerializer.Serialize(body)} {string.Join(" ", headers)}";
    }
}
