using System.Text;

namespace Tokenfall.Tests.Product;

/// <summary>Reads a stream as a hand-written client does: split at <c>\n\n</c>, look at how the lines begin.</summary>
internal sealed class WireReader(Stream body)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    private readonly byte[] _chunk = new byte[4096];
    private readonly char[] _characters = new char[4096];
    private string _buffer = "";

    /// <summary>The next event, or null at the end of the stream.</summary>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public async Task<WireEvent?> NextAsync()
    {
        while (true)
        {
            var end = _buffer.IndexOf("\n\n", StringComparison.Ordinal);
            if (end < 0)
            {
                var read = await body.ReadAsync(_chunk.AsMemory()).AsTask().WaitAsync(Patience);
                if (read == 0)
                    return _buffer == "" ? null : throw new InvalidDataException($"The stream ended inside an event: {_buffer}");
                _buffer += new string(_characters, 0, _decoder.GetChars(_chunk, 0, read, _characters, 0));
                continue;
            }

            var block = _buffer[..end];
            _buffer = _buffer[(end + 2)..];
            if (WireEvent.Parse(block) is { } found)
                return found;
        }
    }

    /// <summary>All events that are left.</summary>
    public async Task<IReadOnlyList<WireEvent>> RestAsync()
    {
        var events = new List<WireEvent>();
        while (await NextAsync() is { } next)
            events.Add(next);
        return events;
    }
}
