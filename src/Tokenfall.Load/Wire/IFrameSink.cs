namespace Tokenfall.Load;

/// <summary>Receives what a stream delivers, in order, from one thread at a time.</summary>
public interface IFrameSink
{
    /// <summary>Receives an event.</summary>
    /// <param name="frame">Valid only during the call.</param>
    void OnFrame(SseFrame frame);

    /// <summary>Receives a comment, which servers send as a heartbeat.</summary>
    void OnComment() { }

    /// <summary>Called when the stream is malformed.</summary>
    /// <param name="problem">What is wrong.</param>
    void Fail(string problem);
}
