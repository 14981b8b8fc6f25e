using System.Net;
using System.Text.Json;

namespace Tokenfall.Testing.Tests.Messages;

/// <summary>Answers with an error status: those on command, and those that the real API gives by itself.</summary>
public sealed class RequestErrorTests
{
    public static TheoryData<string, int, string, string?> Faults => new()
    {
        { nameof(ModelFault.BadRequest), 400, "invalid_request_error", null },
        { nameof(ModelFault.Unauthorized), 401, "authentication_error", null },
        { nameof(ModelFault.RateLimited), 429, "rate_limit_error", "3" },
        { nameof(ModelFault.SpendLimit), 429, "rate_limit_error", null },
        { nameof(ModelFault.ServerError), 500, "api_error", null },
        { nameof(ModelFault.Overloaded), 529, "overloaded_error", null },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task StatusFault_OfEachKind_HasItsStatusBodyAndHeaders(string name, int status, string type, string? retryAfter)
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        server.Script = ModelScript.Fail(name == nameof(ModelFault.RateLimited)
            ? ModelFault.RateLimited(TimeSpan.FromSeconds(2.5))
            : (ModelFault)typeof(ModelFault).GetProperty(name)!.GetValue(null)!);
        using var client = new Client(server);

        using var response = await client.PostAsync();

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("error", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(type, json.RootElement.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(json.RootElement.GetProperty("request_id").GetString(), Assert.Single(response.Headers.GetValues("request-id")));
        Assert.Equal(retryAfter, response.Headers.RetryAfter?.ToString());
        Assert.Equal(ModelCallOutcome.Faulted, (await server.Calls[0].Closed).Outcome);
    }

    [Fact]
    public async Task SpendLimit_Body_NamesTheErrorCode()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        server.Script = ModelScript.Fail(ModelFault.SpendLimit);
        using var client = new Client(server);

        using var json = JsonDocument.Parse(await client.GetBodyAsync());

        Assert.Equal(
            "enforced_spend_limit_reached",
            json.RootElement.GetProperty("error").GetProperty("details").GetProperty("error_code").GetString());
    }

    [Fact]
    public void Status_OfASuccess_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelFault.Status(200, "api_error", "no error"));

    [Theory]
    [InlineData("{\"model\":", "The request body is not valid JSON")]
    [InlineData("[]", "model: Field required")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "max_tokens: Field required")]
    public async Task Post_AnInvalidBody_Gets400ThatSaysWhy(string body, string message)
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        using var client = new Client(server);

        await AssertErrorAsync(await client.PostAsync(body), HttpStatusCode.BadRequest, "invalid_request_error", message);
    }

    [Fact]
    public async Task Post_WithoutVersion_Gets400()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        using var client = new Client(server);

        var response = await client.PostAsync(change: r => r.Headers.Remove("anthropic-version"));

        await AssertErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request_error", "anthropic-version: header is required");
    }

    [Fact]
    public async Task Post_ToAnUnknownPath_Gets404()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        using var client = new Client(server);

        var response = await client.PostAsync(change: r => r.RequestUri = new Uri(server.Url, "v1/complete"));

        await AssertErrorAsync(response, HttpStatusCode.NotFound, "not_found_error", "Not found: /v1/complete");
    }

    [Fact]
    public async Task Get_OfMessages_Gets405()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        using var client = new Client(server);

        var response = await client.PostAsync(change: r => r.Method = HttpMethod.Get);

        await AssertErrorAsync(response, HttpStatusCode.MethodNotAllowed, "invalid_request_error", "Method Not Allowed");
    }

    [Theory]
    [InlineData("x-api-key", "secret", HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer secret", HttpStatusCode.OK)]
    [InlineData("x-api-key", "other", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer other", HttpStatusCode.Unauthorized)]
    [InlineData("x-nothing", "secret", HttpStatusCode.Unauthorized)]
    public async Task ApiKey_InEitherHeader_IsChecked(string header, string value, HttpStatusCode expected)
    {
        await using var server = await ModelServer.StartInMemoryAsync(new() { ApiKey = "secret" });
        using var client = new Client(server);

        using var response = await client.PostAsync(change: r => r.Headers.Add(header, value));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Refusal_OfABadRequest_TakesNoQueuedScript()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        server.Enqueue(ModelScript.Say("queued"));
        using var client = new Client(server);

        using var refused = await client.PostAsync("no json");

        Assert.Contains("queued", await client.GetBodyAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string type, string message)
    {
        using (response)
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(type, json.RootElement.GetProperty("error").GetProperty("type").GetString());
            Assert.StartsWith(message, json.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }
}
