namespace Tokenfall.Cli.Load;

/// <summary>Takes what a stream delivers, in order, from one thread at a time.</summary>
internal interface IFrameSink
{
    void OnFrame(SseFrame frame);

    /// <summary>Takes a comment, which servers send as a heartbeat.</summary>
    void OnComment() { }

    void Fail(string problem);
}
