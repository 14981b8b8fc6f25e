// snippet: test
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Tokenfall.Testing;

public class AskTests
{
    [Fact]
    public async Task Ask_Prompt_StreamsTheAnswer()
    {
        await using var model = await ModelServer.StartAsync();
        model.Script = ModelScript.Say("Water, falling.") with { InputTokens = 12 };

        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("Tokenfall:Anthropic:ApiKey", "test")
            .UseSetting("Tokenfall:Anthropic:BaseUrl", model.Url.ToString()));

        using var prompt = new FormUrlEncodedContent([new("prompt", "What is a waterfall?")]);
        using var response = await app.CreateClient().PostAsync("/ask/stream", prompt);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());

        var text = "";
        var last = default(SseItem<string>);
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            last = item;
            if (item.EventType == "delta") text += JsonDocument.Parse(item.Data).RootElement.GetProperty("text").GetString();
        }
        Assert.Equal("Water, falling.", text);
        Assert.Equal("done", last.EventType);
        Assert.Equal(12, JsonDocument.Parse(last.Data).RootElement.GetProperty("input_tokens").GetInt32());
    }
}
// end snippet
