using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall_App.Tests;

public class AskTests
{
    [Fact]
    public async Task Ask_Prompt_StreamsTheAnswerToItsEnd()
    {
        await using var app = new DemoApp();
        using var prompt = new FormUrlEncodedContent([new("prompt", "What is a waterfall?")]);

        using var response = await app.CreateClient().PostAsync("/ask/stream", prompt);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        var text = "";
        var last = default(SseItem<string>);
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            last = item;
            if (item.EventType == "delta") text += JsonDocument.Parse(item.Data).RootElement.GetProperty("text").GetString();
        }
        Assert.Contains("What is a waterfall?", text);
        Assert.Equal("done", last.EventType);
    }

    [Fact]
    public async Task Ask_EmptyPrompt_IsRefused()
    {
        await using var app = new DemoApp();
        using var prompt = new FormUrlEncodedContent([new("prompt", "")]);

        using var response = await app.CreateClient().PostAsync("/ask/stream", prompt);

        Assert.Equal(400, (int)response.StatusCode);
    }

    // The demo model answers, whichever the application has: no test asks a model that costs money.
    private sealed class DemoApp : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseSetting("Tokenfall:Anthropic:ApiKey", "unused") // AddAnthropic() does not start without one
            .ConfigureTestServices(services => services.AddTokenfall().AddDemo());
    }
}
