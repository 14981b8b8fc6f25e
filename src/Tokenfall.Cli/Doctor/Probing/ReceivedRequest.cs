namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>The first frame of a probe: what of the request reached the application.</summary>
internal sealed record ReceivedRequest(
    string Nonce, string Protocol, string Scheme, string Method, bool Authorization, bool Cookie, bool SignedIn, Dictionary<string, string> Headers)
{
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
