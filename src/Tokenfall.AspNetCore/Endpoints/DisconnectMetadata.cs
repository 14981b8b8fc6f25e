namespace Tokenfall.AspNetCore;

/// <summary>An endpoint's disconnect policy.</summary>
internal sealed record DisconnectMetadata(DisconnectPolicy Policy);
