namespace Tokenfall.Testing;

/// <summary>What a <see cref="ModelServer"/> has done so far. It is counted even when calls are not recorded.</summary>
/// <param name="Requests">How many requests were received, the refused ones included.</param>
/// <param name="OpenStreams">How many streams are being sent now.</param>
/// <param name="Tokens">How many tokens were written to the network.</param>
public sealed record ModelTraffic(long Requests, int OpenStreams, long Tokens);
