namespace Tokenfall.AspNetCore;

/// <summary>What the endpoint reads, for OpenAPI. (The framework's own metadata would also answer 415 by itself, without words.)</summary>
internal sealed record RequestBodyMetadata(Type? Type, IReadOnlyList<string> ContentTypes);
