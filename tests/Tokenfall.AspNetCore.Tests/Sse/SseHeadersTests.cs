using Microsoft.AspNetCore.Http.Features;

namespace Tokenfall.AspNetCore.Tests;

public sealed class SseHeadersTests
{
    [Theory]
    [InlineData("Content-Type", "text/event-stream")]
    [InlineData("Cache-Control", "no-cache, no-transform")]
    [InlineData("X-Accel-Buffering", "no")]
    public async Task Stream_Header_IsExactlyThis(string name, string value)
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.AskAsync("hi");

        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated);
        Assert.Equal(value, Assert.Single(headers, header => header.Key == name).Value.ToString());
    }

    [Fact]
    public async Task Stream_Body_IsNeitherMeasuredNorEncoded()
    {
        await using var app = await TestApp.StartAsync();

        using var response = await app.Client.AskAsync("hi");

        Assert.Null(response.Content.Headers.ContentLength);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Stream_ServersOwnBuffering_IsOff()
    {
        TestBody? body = null;
        await using var app = await TestApp.StartAsync(_ => { }, app =>
        {
            app.Use((context, next) =>
            {
                body = new TestBody(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
                context.Features.Set<IHttpResponseBodyFeature>(body);
                return next(context);
            });
            app.MapTokenfall(TestApp.Path);
        });

        using var response = await app.Client.AskAsync("hi");

        Assert.True(body!.BufferingIsDisabled);
    }
}
