namespace Tokenfall.EndToEnd.Tests.HalfOpen;

/// <summary>Runs alone: a browser closes its connections when the machine gains or loses a network interface.</summary>
[CollectionDefinition(nameof(NetworkChange), DisableParallelization = true)]
public sealed class NetworkChange;
