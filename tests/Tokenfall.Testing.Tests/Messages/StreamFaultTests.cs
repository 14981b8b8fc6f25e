using System.Net.ServerSentEvents;
using System.Text;

namespace Tokenfall.Testing.Tests.Messages;

public sealed class StreamFaultTests
{
    private static readonly ModelScript Abc = new() { Tokens = ["a", "b", "c"] };

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task InBandError_AfterTwoTokens_IsTheLastEvent(string transport)
    {
        var (items, broken, call) = await PlayAsync(transport, ModelFault.InBandError("overloaded_error", "Overloaded", 2));

        Assert.Equal("ab", Text(items));
        Assert.Equal("error", items[^1].EventType);
        Assert.Equal("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", items[^1].Data);
        Assert.Null(broken);
        Assert.Equal((ModelCallOutcome.Faulted, 2), (call.End.Outcome, call.Deltas));
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task CleanEnd_AfterTwoTokens_EndsTheBodyWithoutMessageStop(string transport)
    {
        var (items, broken, call) = await PlayAsync(transport, ModelFault.CleanEnd(2));

        Assert.Equal("ab", Text(items));
        Assert.Equal("content_block_delta", items[^1].EventType);
        Assert.Null(broken);
        Assert.Equal(ModelCallOutcome.Faulted, call.End.Outcome);
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task CleanEnd_PastTheLastToken_SendsThemAllButNoStopReason(string transport)
    {
        var (items, broken, _) = await PlayAsync(transport, ModelFault.CleanEnd(99));

        Assert.Equal("abc", Text(items));
        Assert.Equal("content_block_delta", items[^1].EventType);
        Assert.Null(broken);
    }

    [Theory, InlineData(0, "content_block_delta"), InlineData(3, "message_stop")]
    public async Task EndInsideEvent_Anywhere_EndsTheBodyInTheJsonOfAnEvent(int afterTokens, string cutEvent)
    {
        await using var server = await ModelServer.StartInMemoryAsync();
        server.Script = Abc with { Fault = ModelFault.EndInsideEvent(afterTokens) };
        using var client = new Client(server);

        var last = (await client.GetBodyAsync()).Split("\n\n")[^1];

        Assert.StartsWith($"event: {cutEvent}\ndata: {{", last, StringComparison.Ordinal);
        Assert.False(last.EndsWith('}'));
        Assert.Equal(ModelCallOutcome.Faulted, (await server.Calls[0].Closed).Outcome);
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task Reset_AfterTwoTokens_BreaksTheBodyAfterExactlyThose(string transport)
    {
        var (items, broken, call) = await PlayAsync(transport, ModelFault.Reset(2));

        Assert.Equal("ab", Text(items));
        Assert.IsAssignableFrom<IOException>(broken);
        Assert.Equal(ModelCallOutcome.Faulted, call.End.Outcome);
    }

    [Theory, MemberData(nameof(Transport.All), MemberType = typeof(Transport))]
    public async Task Garbage_AfterTwoTokens_IsNeitherJsonNorUtf8(string transport)
    {
        await using var server = await Transport.StartAsync(transport);
        server.Script = Abc with { Fault = ModelFault.Garbage(2) };
        using var client = new Client(server);

        using var response = await client.PostAsync();
        var bytes = await response.Content.ReadAsByteArrayAsync();

        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        Assert.EndsWith(">\n\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(ModelCallOutcome.Faulted, (await server.Calls[0].Closed).Outcome);
    }

    private static async Task<(List<SseItem<string>> Items, Exception? Broken, (ModelCallEnd End, int Deltas) Call)> PlayAsync(
        string transport, ModelFault fault)
    {
        await using var server = await Transport.StartAsync(transport);
        server.Script = Abc with { Fault = fault };
        using var client = new Client(server);
        var items = new List<SseItem<string>>();
        var broken = await Record.ExceptionAsync(async () =>
        {
            await foreach (var item in client.EventsAsync())
                items.Add(item);
        });
        return (items, broken, (await server.Calls[0].Closed.WaitAsync(Client.Deadline), server.Calls[0].DeltasSent));
    }

    private static string Text(List<SseItem<string>> items) => string.Concat(items.Select(Client.TextOf));
}
