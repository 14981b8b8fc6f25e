namespace Tokenfall.Bench.Load;

/// <summary>Takes the body of a response in whatever pieces it comes, from one thread at a time.</summary>
internal interface IBodySink
{
    void Feed(ReadOnlySpan<byte> body);

    void Fail(string problem);
}
