using System.Buffers;

namespace Tokenfall.AspNetCore;

/// <summary>How a run's events are spelled on the wire. Text is copied as it stands in the log, between a prefix and a suffix.</summary>
internal interface IRunFormatter
{
    /// <summary>Writes what comes before the first frame of a response.</summary>
    void WritePreamble(IBufferWriter<byte> output);

    /// <summary>Writes one frame.</summary>
    void WriteFrame(IBufferWriter<byte> output, in RunFrame frame);

    /// <summary>Writes something that readers ignore, to show that the connection is alive.</summary>
    void WriteHeartbeat(IBufferWriter<byte> output);
}
