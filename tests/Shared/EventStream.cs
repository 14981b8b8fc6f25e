using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tokenfall.Tests;

/// <summary>Reads a response block by block, as a hand-written client does: cut at the empty line.</summary>
internal sealed class EventStream(Stream body, HttpResponseMessage? response = null) : IDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[4096];
    private readonly List<byte> _pending = [];
    private readonly List<byte> _all = [];

    public HttpResponseMessage Response => response!;

    /// <summary>Where the run is read again.</summary>
    public string Location => Response.Headers.Location!.OriginalString;

    /// <summary>Everything read so far.</summary>
    public string Text => Encoding.UTF8.GetString([.. _all]);

    public static async Task<EventStream> OfAsync(HttpResponseMessage response)
    {
        Assert.Equal(200, (int)response.StatusCode);
        return new EventStream(await response.Content.ReadAsStreamAsync(), response);
    }

    /// <summary>The next block without its empty line; null at a clean end.</summary>
    public async Task<string?> BlockAsync()
    {
        while (true)
        {
            var end = IndexOfEmptyLine();
            if (end >= 0)
            {
                var block = Strict.GetString([.. _pending[..end]]);
                _pending.RemoveRange(0, end + 2);
                return block;
            }
            var read = await body.ReadAsync(_buffer).AsTask().Soon();
            if (read == 0)
            {
                Assert.Empty(_pending);
                return null;
            }
            _pending.AddRange(_buffer.AsSpan(0, read));
            _all.AddRange(_buffer.AsSpan(0, read));
        }
    }

    /// <summary>The next frame, past comments and <c>retry</c>; null at a clean end.</summary>
    public async Task<Frame?> FrameAsync()
    {
        while (await BlockAsync() is { } block)
            if (block.Contains("event: ", StringComparison.Ordinal)) return Frame.Parse(block);
        return null;
    }

    /// <summary>The frames up to the clean end.</summary>
    public async Task<List<Frame>> ToEndAsync()
    {
        var frames = new List<Frame>();
        while (await FrameAsync() is { } frame) frames.Add(frame);
        return frames;
    }

    /// <summary>The whole frames up to a cut. A clean end without a terminal event fails the test.</summary>
    public async Task<List<Frame>> ToCutAsync()
    {
        var frames = new List<Frame>();
        try
        {
            while (await FrameAsync() is { } frame) frames.Add(frame);
            Assert.True(frames.Count > 0 && frames[^1].IsTerminal, "The response ended cleanly without a terminal event.");
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
        }
        return frames;
    }

    public void Dispose()
    {
        body.Dispose();
        response?.Dispose();
    }

    private int IndexOfEmptyLine()
    {
        for (var i = 1; i < _pending.Count; i++)
            if (_pending[i] == '\n' && _pending[i - 1] == '\n') return i - 1;
        return -1;
    }
}

/// <summary>One event: the values of its three lines.</summary>
internal sealed record Frame(string Id, string Event, string Data)
{
    public JsonElement Json => JsonDocument.Parse(Data).RootElement;

    public bool IsTerminal => Event is "done" or "error";

    public string Text => Json.GetProperty("text").GetString()!;

    public string Run => RunOf(Id);

    public int Number => int.Parse(Id[(Id.IndexOf('.', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);

    public static string RunOf(string id) => id[..id.IndexOf('.', StringComparison.Ordinal)];

    // The compiler's own would read Text, which most events lack.
    public override string ToString() => $"{Id} {Event} {Data}";

    public static Frame Parse(string block)
    {
        var lines = block.Split('\n');
        Assert.Collection(lines,
            line => Assert.StartsWith("event: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("data: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("id: ", line, StringComparison.Ordinal));
        return new Frame(lines[2]["id: ".Length..], lines[0]["event: ".Length..], lines[1]["data: ".Length..]);
    }

    public static string TextOf(IEnumerable<Frame> frames) => string.Concat(frames.Where(frame => frame.Event == "delta").Select(frame => frame.Text));
}
