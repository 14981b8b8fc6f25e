using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Tokenfall.AspNetCore;

/// <summary>Writes the frames of one response. Text is copied from the log, between a prefix and a suffix.</summary>
/// <remarks>One per response; never called by two threads at once.</remarks>
[Experimental("TOKENFALL001")]
public interface IRunFormatter
{
    /// <summary>Writes what precedes the first frame of a response.</summary>
    /// <param name="output">Receives the bytes.</param>
    void WritePreamble(IBufferWriter<byte> output);

    /// <summary>Writes one frame, or nothing for an event that the protocol does not have. After the terminal event it writes the end mark, if there is one.</summary>
    /// <param name="output">Receives the bytes.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Whether anything was written: a connection without bytes gets heartbeats.</returns>
    bool WriteFrame(IBufferWriter<byte> output, in RunFrame frame);

    /// <summary>Writes that the run waits for its turn. The position is not in the log, because it changes.</summary>
    /// <param name="output">Receives the bytes.</param>
    /// <param name="position">The run's position in the queue, from 1.</param>
    /// <param name="after">The number of the last event that the reader has: what it names when it resumes.</param>
    /// <returns>Whether anything was written; false for a protocol that does not show the queue.</returns>
    bool WriteQueued(IBufferWriter<byte> output, int position, int after);

    /// <summary>Writes something that readers ignore, to keep the connection alive.</summary>
    /// <param name="output">Receives the bytes.</param>
    void WriteHeartbeat(IBufferWriter<byte> output);
}
