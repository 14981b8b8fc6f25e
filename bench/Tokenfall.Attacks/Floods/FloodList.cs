namespace Tokenfall.Attacks.Floods;

/// <summary>All floods, in the order of the table.</summary>
internal static class FloodList
{
    public static readonly IReadOnlyList<IFlood> All =
    [
        new SignInFlood(), new BodyFlood(), new HeaderFlood(), new CookieFlood(), new ConnectionFlood(),
        new StartFlood(), new ReaderFlood(), new ProbeFlood(), new KeyFlood(), new ProviderFlood(),
    ];
}
