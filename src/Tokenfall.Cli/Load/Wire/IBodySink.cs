namespace Tokenfall.Cli.Load;

/// <summary>Takes the body of a response in whatever pieces it comes, from one thread at a time.</summary>
internal interface IBodySink
{
    void Feed(ReadOnlySpan<byte> body);

    /// <summary>Says that there is no stream, and why.</summary>
    void Fail(string problem);
}
