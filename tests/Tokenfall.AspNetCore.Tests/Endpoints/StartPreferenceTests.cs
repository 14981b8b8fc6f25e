using System.Net.Http.Json;
using Microsoft.AspNetCore.Http.Json;

namespace Tokenfall.AspNetCore.Tests;

public sealed class StartPreferenceTests
{
    // curl --json sends Accept: application/json: a run that nobody reads must not be paid to its end for that.
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/problem+json, Application/JSON; charset=utf-8")]
    [InlineData("application/json, text/event-stream;q=0.1")]
    [InlineData("application/json, text/event-stream;q=0, text/event-stream")]
    [InlineData("*/*")]
    [InlineData("*/*;q=0")]
    [InlineData("text/html")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Post_AnyAccept_Streams(string accept)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Accept", accept));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("text/event-stream;q=0")]
    [InlineData("*/*, text/event-stream; q=0.000")]
    [InlineData("application/json, TEXT/EVENT-STREAM;q=0")]
    public async Task Post_AcceptRulesOutEvents_Is406AndNothingStarts(string accept)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Accept", accept));

        await Refused.AssertAsync(response, 406, "events_not_accepted");
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [InlineData("respond-async")]
    [InlineData("Respond-Async; a=b, wait=10")]
    [InlineData("""note="a, \"b", respond-async""")]
    public async Task Post_PrefersRespondAsync_Is202AndTheRunGoesOnUnread(string prefer)
    {
        await using var app = await TestApp.StartAsync(options => options.Disconnect = DisconnectPolicy.Stop);

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi", disconnect = "stop" }).With("Prefer", prefer).With("Accept", "text/event-stream;q=0"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("respond-async", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        var location = body.GetProperty("location").GetString();
        Assert.Equal($"/ask/stream/{body.GetProperty("run").GetString()}", location);
        Assert.Equal(location, response.Headers.Location!.OriginalString);
        // A reader that comes and goes ends nothing either.
        var answer = await app.Source.AskedAsync();
        using (var first = await EventStream.OfAsync(await app.Client.ReadAsync(location!))) await first.FrameAsync();
        using var second = await EventStream.OfAsync(await app.Client.ReadAsync(location!));
        answer.Say("a");
        answer.Finish();
        Assert.Equal("done", (await second.ToEndAsync())[^1].Event);
    }

    [Theory]
    [InlineData("wait=10")]
    [InlineData("respond-asynchronously")]
    [InlineData("""note="respond-async" """)]
    [InlineData("""note="a, respond-async, b" """)]
    public async Task Post_PrefersSomethingElse_Streams(string prefer)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Prefer", prefer));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Theory]
    [InlineData("application/json", 202)]
    [InlineData("application/json, */*", 200)]
    [InlineData("application/json, text/event-stream", 200)]
    public async Task Post_SettingOfTheEarlierVersion_AcceptingOnlyJsonIs202(string accept, int status)
    {
        await using var app = await TestApp.StartAsync(options => options.AcceptJsonStartsDetached = true);

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Accept", accept));

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Post_ApplicationSpellsItsJsonItsOwnWay_TheAnswerIsSpelledAsDocumented()
    {
        await using var app = await TestApp.StartAsync(
            builder => builder.Services.Configure<JsonOptions>(json => json.SerializerOptions.PropertyNamingPolicy = null),
            app => app.MapTokenfall(TestApp.Path));

        using var response = await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Prefer", "respond-async"));

        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["run", "location"], body.EnumerateObject().Select(property => property.Name));
    }
}
