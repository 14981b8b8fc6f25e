namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>How the application lets the doctor in, the same at every hop.</summary>
/// <param name="Key">An API key, sent as a bearer token; never printed.</param>
/// <param name="Headers">Further request headers.</param>
/// <param name="Insecure">Whether any certificate is taken.</param>
internal sealed record Access(string? Key, IReadOnlyList<KeyValuePair<string, string>> Headers, bool Insecure);
