namespace Tokenfall.Testing;

/// <summary>What a <see cref="ModelServer"/> has done so far. Counted also when calls are not recorded.</summary>
/// <param name="Requests">Requests received, the refused ones included.</param>
/// <param name="OpenStreams">Streams being sent now.</param>
/// <param name="Tokens">Tokens of streams handed to the network.</param>
public sealed record ModelTraffic(long Requests, int OpenStreams, long Tokens);
