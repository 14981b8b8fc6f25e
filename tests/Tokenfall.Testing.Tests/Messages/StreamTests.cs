using System.Text.Json;

namespace Tokenfall.Testing.Tests.Messages;

public sealed class StreamTests
{
    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task Stream_Default_HasTheEventsOfAMessageInOrder(string transport)
    {
        await using var server = await Transport.StartAsync(transport);
        server.Script = new() { Tokens = ["Hel", "lo"] };
        using var client = new Client(server);

        var names = new List<string>();
        await foreach (var item in client.EventsAsync())
            names.Add(item.EventType);

        Assert.Equal(
            "message_start content_block_start ping content_block_delta content_block_delta content_block_stop message_delta message_stop",
            string.Join(' ', names));
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task Stream_Lorem_ArrivesUnchanged(string transport)
    {
        await using var server = await Transport.StartAsync(transport);
        server.Script = ModelScript.Lorem(5000, seed: 7);
        using var client = new Client(server);

        var text = "";
        await foreach (var item in client.EventsAsync())
            text += Client.TextOf(item);

        Assert.Equal(server.Script.Text, text);
    }

    [Fact]
    public async Task Stream_Headers_AreThoseOfTheApi()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        using var client = new Client(server);

        using var response = await client.PostAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(server.Calls[0].RequestId, Assert.Single(response.Headers.GetValues("request-id")));
    }

    [Fact]
    public async Task Stream_PingEvery_SendsAPingAfterSoManyTokens()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        server.Script = new() { Tokens = ["a", "b", "c", "d", "e"], PingEvery = 2 };
        using var client = new Client(server);

        var body = await client.GetBodyAsync();

        Assert.Equal(1 + 2, body.Split("event: ping\n").Length - 1);
    }

    [Fact]
    public async Task Stream_EveryEvent_HasItsNameAsTypeAndOneDataLine()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        server.Script = ModelScript.Lorem(200) with { Thinking = "Let me see", Tools = [new("look", """{"q":"é\n"}""")] };
        using var client = new Client(server);

        foreach (var frame in (await client.GetBodyAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = frame.Split('\n');
            Assert.Equal(2, lines.Length);
            using var json = JsonDocument.Parse(lines[1]["data: ".Length..]);
            Assert.Equal(lines[0]["event: ".Length..], json.RootElement.GetProperty("type").GetString());
        }
    }

    [Fact]
    public async Task Enqueue_TwoScripts_AreUsedOnceInOrderThenTheDefaultAgain()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        server.Script = ModelScript.Say("default");
        server.Enqueue(ModelScript.Say("first"));
        server.Enqueue(ModelScript.Say("second"));
        using var client = new Client(server);

        Assert.Contains("first", await client.GetBodyAsync(), StringComparison.Ordinal);
        Assert.Contains("second", await client.GetBodyAsync(), StringComparison.Ordinal);
        Assert.Contains("defaul", await client.GetBodyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_AScriptChangedWith_DoesNotUseTheFramesOfTheOldOne()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        using var client = new Client(server);
        server.Script = ModelScript.Say("old");
        await client.GetBodyAsync();

        server.Script = server.Script with { Text = "new" };

        Assert.Contains("\"text\":\"new\"", await client.GetBodyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutStream_GetsTheWholeMessage()
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        server.Script = new() { Text = "Hello \"you\" 😀", Thinking = "hm", Tools = [new("look", """{"q":1}""")], OutputTokens = 9 };
        using var client = new Client(server);

        using var response = await client.PostAsync(Client.Body.Replace("\"stream\":true,", "", StringComparison.Ordinal));

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var content = json.RootElement.GetProperty("content");
        Assert.Equal("hm", content[0].GetProperty("thinking").GetString());
        Assert.Equal("Hello \"you\" 😀", content[1].GetProperty("text").GetString());
        Assert.Equal(1, content[2].GetProperty("input").GetProperty("q").GetInt32());
        Assert.Equal("tool_use", json.RootElement.GetProperty("stop_reason").GetString());
        Assert.Equal(9, json.RootElement.GetProperty("usage").GetProperty("output_tokens").GetInt32());
        Assert.Equal(ModelCallOutcome.Completed, (await server.Calls[0].Closed).Outcome);
    }
}
