namespace Tokenfall.Cli.Terminal;

/// <summary>How the server that a command looks at lets it in.</summary>
/// <param name="Key">An API key, sent as a bearer token; never printed. Null for none.</param>
/// <param name="OtherHeaders">Request headers beside it.</param>
/// <param name="Insecure">Whether any certificate is taken.</param>
internal sealed record Access(string? Key, IReadOnlyList<KeyValuePair<string, string>> OtherHeaders, bool Insecure)
{
    /// <summary>Without a key.</summary>
    public static Access Anonymous { get; } = new(null, [], Insecure: false);

    /// <summary>All request headers, the key's first.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers => Key is null ? OtherHeaders : OtherHeaders.Prepend(new("Authorization", $"Bearer {Key}"));
}
