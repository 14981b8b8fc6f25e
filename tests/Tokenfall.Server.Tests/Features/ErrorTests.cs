namespace Tokenfall.Server.Tests.Features;

public class ErrorTests
{
    [Theory]
    [InlineData("GET", "/no-such-page", 404)]
    [InlineData("PUT", "/account/session", 405)]
    [InlineData("GET", "/account/keys", 401)]
    [InlineData("GET", "/throws", 500)]
    public async Task Error_IsAProblemThatNamesTheRequest(string method, string path, int status)
    {
        await using var app = new TestApp { Setup = ThrowingFilter.Add };
        using var client = app.Plain();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("request_id").GetString());
    }

    // Status code pages would answer some of these in plain text, padded with blanks.
    [Theory]
    [InlineData("GET", "/account/keys", 401, "text/event-stream")]
    [InlineData("POST", "/ask/stream", 401, "text/event-stream")]
    [InlineData("GET", "/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA", 401, "text/event-stream")]
    [InlineData("GET", "/ask/stream/probe", 401, "text/event-stream")]
    [InlineData("GET", "/no-such-page", 404, "text/event-stream")]
    [InlineData("GET", "/no-such-page", 404, "image/png")]
    [InlineData("PUT", "/account/session", 405, "text/event-stream")]
    [InlineData("GET", "/throws", 500, "text/event-stream")]
    public async Task Error_ForWhoeverAcceptsSomethingElse_IsAProblem(string method, string path, int status, string accept)
    {
        await using var app = new TestApp { Setup = ThrowingFilter.Add };
        using var client = app.Plain();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept", accept);
        using var response = await client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.All(["type", "title", "detail", "traceId"], name => Assert.NotEqual("", problem.GetProperty(name).GetString()));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Fault_IsToldToTheLogOnly(string environment)
    {
        await using var app = new TestApp
        {
            Settings = { ["environment"] = environment },
            Setup = ThrowingFilter.Add,
        };
        using var client = app.Plain();
        var body = await (await client.GetAsync("/throws")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("the cause", body, StringComparison.Ordinal);
        Assert.Contains("the cause", app.Log.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_BodyTooLarge_413()
    {
        await using var app = new TestApp();
        app.UseKestrel(0);
        app.StartServer();
        using var client = await app.BrowserAsync();
        var response = await client.PostAsJsonAsync("/account/sign-in", new { email = TestApp.Email, password = new string('x', 20_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }
}
