namespace Tokenfall.Load;

/// <summary>Receives the body of a response in whatever pieces it arrives, from one thread at a time.</summary>
public interface IBodySink
{
    /// <summary>Receives the next piece.</summary>
    /// <param name="body">Valid only during the call.</param>
    void Feed(ReadOnlySpan<byte> body);

    /// <summary>Called when the response is not a stream, or is malformed.</summary>
    /// <param name="problem">What is wrong.</param>
    void Fail(string problem);
}
