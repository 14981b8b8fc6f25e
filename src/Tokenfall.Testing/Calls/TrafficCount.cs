namespace Tokenfall.Testing.Calls;

/// <summary>Counts requests, streams and tokens. Thread-safe.</summary>
internal sealed class TrafficCount
{
    private long _requests;
    private long _tokens;
    private int _streams;

    internal ModelTraffic Snapshot() => new(Volatile.Read(ref _requests), Volatile.Read(ref _streams), Volatile.Read(ref _tokens));

    internal void Request() => Interlocked.Increment(ref _requests);

    internal void StreamBegins() => Interlocked.Increment(ref _streams);

    internal void StreamEnds() => Interlocked.Decrement(ref _streams);

    internal void Tokens(int count) => Interlocked.Add(ref _tokens, count);
}
