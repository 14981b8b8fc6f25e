using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Tokenfall.AspNetCore;

/// <summary>Spells one response. Text is copied as it stands in the log, between a prefix and a suffix.</summary>
/// <remarks>One for each response; never called by two threads at once.</remarks>
[Experimental("TOKENFALL001")]
public interface IRunFormatter
{
    /// <summary>Writes what comes before the first frame of a response.</summary>
    /// <param name="output">Receives the bytes.</param>
    void WritePreamble(IBufferWriter<byte> output);

    /// <summary>Writes one frame; nothing, for an event that the protocol has no words for. After the terminal event it writes the end mark, if there is one.</summary>
    /// <param name="output">Receives the bytes.</param>
    /// <param name="frame">The frame.</param>
    void WriteFrame(IBufferWriter<byte> output, in RunFrame frame);

    /// <summary>Writes something that readers ignore, to show that the connection is alive.</summary>
    /// <param name="output">Receives the bytes.</param>
    void WriteHeartbeat(IBufferWriter<byte> output);
}
