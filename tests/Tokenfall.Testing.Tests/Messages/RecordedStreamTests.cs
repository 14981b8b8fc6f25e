using System.Net.ServerSentEvents;
using System.Net;
using System.Text.Json;
using Anthropic.Models.Messages;
using Anthropic;

namespace Tokenfall.Testing.Tests.Messages;

/// <summary>The stream in tests/fixtures, from which parsers are tested, is one that the official SDK understands.</summary>
public sealed class RecordedStreamTests
{
    private static readonly string File = Repository.PathOf("tests/fixtures/anthropic-messages.sse");

    [Fact]
    public async Task Fixture_EveryEvent_HasItsNameAsType()
    {
        await using var bytes = System.IO.File.OpenRead(File);
        await foreach (var item in SseParser.Create(bytes).EnumerateAsync())
        {
            using var json = JsonDocument.Parse(item.Data);
            Assert.Equal(item.EventType, json.RootElement.GetProperty("type").GetString());
        }
    }

    [Fact]
    public async Task Fixture_ReadByTheSdk_HasThisText()
    {
        using var handler = new Replay(await System.IO.File.ReadAllBytesAsync(File));
        using var client = new AnthropicClient { ApiKey = "x", HttpClient = new HttpClient(handler), BaseUrl = "http://replay.invalid" };
        var text = "";
        await foreach (var item in client.Messages.CreateStreaming(
            new() { MaxTokens = 1, Model = "m", Messages = [new UserMessageParam { Content = "Hi" }] }, Client.Deadline))
        {
            if (item.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece))
                text += piece.Text;
        }

        Assert.Equal(
            "Okay,\n\nhe said: \"café\" 😀\t\\ / raw: é 日本 😀 👩‍👩‍👧 <b> &amp; \u2028\u0001.\r\nIt is sunny in Kraków.", text);
    }

    private sealed class Replay(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "text/event-stream" } } },
            });
    }
}
