using System.Text;

namespace Tokenfall.Server.Tests.Features;

/// <summary>Whoever is not signed in must not be able to fill the disk with log lines.</summary>
public class QuietTests
{
    [Theory]
    [InlineData("GET", "/account/session", "tokenfall.csrf=broken", null)]
    [InlineData("GET", "/account/session", "tokenfall.csrf=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", null)]
    [InlineData("POST", "/account/sign-in", "tokenfall.csrf=broken", "{}")]
    [InlineData("POST", "/account/sign-out", "tokenfall.csrf=broken", "{}")]
    [InlineData("POST", "/ask/stream", "tokenfall.csrf=broken", "{}")]
    [InlineData("GET", "/account/session", "tokenfall=broken", null)]
    [InlineData("POST", "/account/sign-in", "tokenfall.device=broken", "{}")]
    [InlineData("GET", "/account/session", "tokenfall=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", null)]
    [InlineData("GET", "/account/keys", "", null)]
    [InlineData("POST", "/account/sign-in", "", "{")]
    [InlineData("POST", "/account/sign-in", "", "{\"email\":\"\\u0000\",\"password\":\"x\"}")]
    [InlineData("POST", "/account/keys", "", "[]")]
    [InlineData("PUT", "/account/session", "", "x")]
    [InlineData("GET", "/%01%0a", "", null)]
    [InlineData("GET", "/ask/stream/..%2f..%2fetc", "", null)]
    [InlineData("DELETE", "/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA", "", null)]
    public async Task Anonymous_WhateverItSends_WritesNoLogLine(string method, string path, string cookie, string? body)
    {
        await using var app = new TestApp();
        using var client = app.Plain();
        await client.GetAsync("/account/session");
        app.Log.Clear();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
        request.Headers.Add("X-CSRF-TOKEN", "broken");
        if (cookie.Length == 0) request.Headers.Add("Authorization", "Bearer tfk_broken");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await client.SendAsync(request);

        Assert.InRange((int)response.StatusCode, 200, 499);
        Assert.Empty(from record in app.Log.GetSnapshot() where record.Level > LogLevel.Debug select $"{record.Category}: {record.Message}");
    }
}
