using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;

namespace TokenfallApp.Tests;

public class AskTests
{
    [Fact]
    public async Task Ask_Prompt_StreamsTheAnswerToItsEnd()
    {
        await using var app = new WebApplicationFactory<Program>();
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
        await using var app = new WebApplicationFactory<Program>();
        using var prompt = new FormUrlEncodedContent([new("prompt", "")]);

        using var response = await app.CreateClient().PostAsync("/ask/stream", prompt);

        Assert.Equal(400, (int)response.StatusCode);
    }
}
