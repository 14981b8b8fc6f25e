using static Tokenfall.Server.Tests.Http2.Http2Connection;

namespace Tokenfall.Server.Tests.Http2;

/// <summary>Somebody floods one connection, as the protocol allows or not: it ends or stands still, others go on, and the server's memory is bounded.</summary>
[Collection(nameof(TlsServer))]
public sealed class Http2FloodTests(TlsServer server) 
{
    private const int MemoryMiB = 100;

    // RFC 9113, section 7.
    private const int EnhanceYourCalm = 11, RefusedStream = 7;

    private static readonly byte[] NoWindow = [0, 4, 0, 0, 0, 0];

    [Fact]
    public async Task RapidReset_EndsTheConnection()
    {
        await using var connection = await OpenAsync(server.Address);
        var before = server.MemoryMiB();
        for (var stream = 1; stream < 40_000; stream += 2)
        {
            if (!await connection.TryWriteAsync([.. Frame(Headers, EndHeaders, stream, Get("/account/session")), .. Frame(Reset, 0, stream, 0, 0, 0, 8)])) break;
        }

        // It ends before the keep-alive timeout would end it; whether the reason arrives depends on what is still on its way.
        Assert.True(await connection.ToEndAsync() is null or EnhanceYourCalm);
        await AssertUnharmedAsync(before);
    }

    [Theory]
    [InlineData(Settings)]
    [InlineData(Ping)]
    public async Task FramesThatAreAnswered_OfAClientThatDoesNotRead_AreNotTakenWithoutEnd(byte type)
    {
        await using var connection = await OpenAsync(server.Address);
        var before = server.MemoryMiB();
        var thousand = Enumerable.Repeat(Frame(type, 0, 0, type == Ping ? new byte[8] : []), 1000).SelectMany(frame => frame).ToArray();

        var thousands = 0;
        while (thousands < 3000 && await connection.TryWriteAsync(thousand)) thousands++;

        Assert.InRange(thousands, 1, 2999);
        await AssertUnharmedAsync(before);
    }

    [Fact]
    public async Task Streams_ThatTakeNothing_AreAHundredAtMost()
    {
        await using var connection = await OpenAsync(server.Address, NoWindow);
        var before = server.MemoryMiB();
        for (var stream = 1; stream <= 201; stream += 2) await connection.WriteAsync(Frame(Headers, EndHeaders | EndStream, stream, Get("/client/index.js")));

        (byte Type, int Stream, byte[] Payload)? frame;
        while ((frame = await connection.ReadAsync()) is { Type: not Reset })
        {
        }

        Assert.Equal(201, frame!.Value.Stream);
        Assert.Equal(RefusedStream, frame.Value.Payload[3]);
        await AssertUnharmedAsync(before);
    }

    [Fact]
    public async Task Responses_ThatAreNotRead_AreNotHeldInMemory()
    {
        // The largest windows.
        await using var connection = await OpenAsync(server.Address, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF);
        await connection.WriteAsync(Frame(8, 0, 0, 0x7F, 0xFF, 0, 0));
        var before = server.MemoryMiB();
        // 10 MB.
        for (var stream = 1; stream < 200; stream += 2) await connection.WriteAsync(Frame(Headers, EndHeaders | EndStream, stream, Get("/vendor/marked/marked.esm.js")));

        await AssertUnharmedAsync(before);
    }

    [Fact]
    public async Task HeaderBomb_OfReferencesToOneLongField_IsRefused()
    {
        await using var connection = await OpenAsync(server.Address);
        var before = server.MemoryMiB();
        // 4 KB once, then a byte for each repetition: 48 MB.
        var bomb = Enumerable.Repeat((byte)0xBE, 12_000).ToArray();
        await connection.TryWriteAsync(Frame(Headers, EndHeaders | EndStream, 1, [.. Get("/"), .. Field("x", new string('x', 4000), indexed: true), .. bomb]));

        Assert.True(await RefusedAsync(connection));
        await AssertUnharmedAsync(before);
    }

    [Fact]
    public async Task Continuations_WithoutEnd_EndTheConnection()
    {
        await using var connection = await OpenAsync(server.Address);
        var before = server.MemoryMiB();

        Assert.InRange(await ContinueAsync(connection, Field("x", new string('x', 1000))), 0, 999);
        await AssertUnharmedAsync(before);
    }

    /// <summary>They have nothing that a limit would count, and nothing that is kept; the time that headers may take ends them.</summary>
    [Fact]
    public async Task Continuations_ThatAreEmpty_HoldNobodyUp()
    {
        await using var connection = await OpenAsync(server.Address);
        var before = server.MemoryMiB();

        await ContinueAsync(connection, []);

        await AssertUnharmedAsync(before);
    }

    /// <returns>How many hundreds of frames were taken, of a thousand.</returns>
    private static async Task<int> ContinueAsync(Http2Connection connection, byte[] payload)
    {
        await connection.WriteAsync(Frame(Headers, 0, 1, Get("/")));
        var hundred = Enumerable.Repeat(Frame(Continuation, 0, 1, payload), 100).SelectMany(frame => frame).ToArray();
        var hundreds = 0;
        while (hundreds < 1000 && await connection.TryWriteAsync(hundred)) hundreds++;
        return hundreds;
    }

    private static async Task<bool> RefusedAsync(Http2Connection connection)
    {
        while (await connection.ReadAsync() is var (type, _, payload))
        {
            if (type is Reset or GoAway) return true;
            // 431 or 400 without a body: 0x08 is a status that is not in the table.
            if (type == Headers) return payload.AsSpan().IndexOf("431"u8) >= 0 || payload.AsSpan().IndexOf("400"u8) >= 0;
        }
        return true;
    }

    private async Task AssertUnharmedAsync(long before)
    {
        await server.AssertServesAsync();
        Assert.InRange(server.MemoryMiB() - before, long.MinValue, MemoryMiB);
    }
}
