namespace Tokenfall.Cli.Terminal;

/// <summary>How a command authenticates to a server.</summary>
/// <param name="Key">An API key, sent as a bearer token; never printed. Null for none.</param>
/// <param name="OtherHeaders">Further request headers.</param>
/// <param name="Insecure">Whether to accept any certificate.</param>
internal sealed record Access(string? Key, IReadOnlyList<KeyValuePair<string, string>> OtherHeaders, bool Insecure)
{
    /// <summary>Neither a key nor headers.</summary>
    public static Access Anonymous { get; } = new(null, [], Insecure: false);

    /// <summary>All request headers, that of the key first.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers => Key is null ? OtherHeaders : OtherHeaders.Prepend(new("Authorization", $"Bearer {Key}"));
}
