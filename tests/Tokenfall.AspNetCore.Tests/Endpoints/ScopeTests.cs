namespace Tokenfall.AspNetCore.Tests;

/// <summary>A run belongs to the endpoint that started it: another one may have other rules.</summary>
public sealed class ScopeTests
{
    private const string Other = "/other/stream";

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Run_ThroughAnotherEndpoint_IsUnknown(string method)
    {
        await using var app = await StartAsync();
        using var first = await app.Client.AskAsync("hi");
        var id = first.Headers.Location!.OriginalString.Split('/')[^1];

        using var response = await app.Client.StartAsync(new HttpRequestMessage(new HttpMethod(method), $"{Other}/{id}"));

        await Refused.AssertAsync(response, 404, "unknown_run");
        Assert.Equal(1, app.Runs.Count);
    }

    [Fact]
    public async Task LastEventId_ThroughAnotherEndpoint_IsUnknownAndStartsNothing()
    {
        await using var app = await StartAsync();
        using var first = await app.Client.AskAsync("hi");
        var id = first.Headers.Location!.OriginalString.Split('/')[^1];
        var request = Calls.Post(new { prompt = "hi" }).With("Last-Event-ID", $"{id}.1");
        request.RequestUri = new Uri(Other, UriKind.Relative);

        using var response = await app.Client.StartAsync(request);

        await Refused.AssertAsync(response, 404, "unknown_run");
        Assert.Equal(1, app.Source.Count);
    }

    [Fact]
    public async Task Run_ThroughItsEndpointInOtherLetters_IsFound()
    {
        await using var app = await StartAsync();
        using var first = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        answer.Finish();

        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(first.Headers.Location!.OriginalString.Replace("/ask/", "/ASK/", StringComparison.Ordinal)));

        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(_ => { }, app =>
    {
        app.MapTokenfall(TestApp.Path);
        app.MapTokenfall(Other);
    });
}
