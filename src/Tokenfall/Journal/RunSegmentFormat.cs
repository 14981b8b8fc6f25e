using System.Buffers.Binary;

namespace Tokenfall;

/// <summary>A segment as the bytes that databases store: a version, the layout of the events, then their payloads as they lie in the log.</summary>
internal static class RunSegmentFormat
{
    private const byte Version = 1;
    private const int HeaderSize = 1 + sizeof(int);
    // Kind, part, end.
    private const int EventSize = 1 + sizeof(ushort) + sizeof(int);

    public static byte[] Encode(RunSegment segment)
    {
        var bytes = new byte[HeaderSize + segment.Events.Count * EventSize + segment.Bytes.Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), segment.Events.Count);
        var rest = bytes.AsSpan(HeaderSize);
        foreach (var one in segment.Events)
        {
            rest[0] = (byte)one.Kind;
            BinaryPrimitives.WriteUInt16LittleEndian(rest[1..], (ushort)one.Part);
            BinaryPrimitives.WriteInt32LittleEndian(rest[3..], one.End);
            rest = rest[EventSize..];
        }
        segment.Bytes.Span.CopyTo(rest);
        return bytes;
    }

    /// <exception cref="InvalidDataException">These are not the bytes of a segment, or those of a later version.</exception>
    public static RunSegment Decode(RunId run, int first, ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < HeaderSize || span[0] != Version) throw new InvalidDataException($"The segment at event {first} of run {run} is damaged, or of a later version.");
        var count = BinaryPrimitives.ReadInt32LittleEndian(span[1..]);
        var start = HeaderSize + (long)count * EventSize;
        if (count < 0 || start > span.Length) throw Damaged(run, first);
        var events = new RunSegmentEvent[count];
        var end = 0;
        for (var i = 0; i < count; i++)
        {
            var entry = span[(HeaderSize + i * EventSize)..];
            var next = BinaryPrimitives.ReadInt32LittleEndian(entry[3..]);
            if (next < end || next > span.Length - start) throw Damaged(run, first);
            end = next;
            events[i] = new RunSegmentEvent((EventKind)entry[0], BinaryPrimitives.ReadUInt16LittleEndian(entry[1..]), end);
        }
        return new RunSegment(run, first, events, bytes.Slice((int)start, end));
    }

    private static InvalidDataException Damaged(RunId run, int first) => new($"The segment at event {first} of run {run} is damaged.");
}
