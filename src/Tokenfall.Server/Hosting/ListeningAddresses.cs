namespace Tokenfall.Server.Hosting;

/// <summary>The addresses that the configuration tells the server to listen on.</summary>
internal static class ListeningAddresses
{
    private static readonly char[] Separator = [';'];

    /// <summary>
    /// The addresses in Kestrel's order of precedence: <c>Kestrel:Endpoints</c>, then URLs (<c>--urls</c>, <c>ASPNETCORE_URLS</c>),
    /// then bare ports (<c>ASPNETCORE_HTTP_PORTS</c>, <c>ASPNETCORE_HTTPS_PORTS</c>), which mean every interface. Empty when nothing is configured.
    /// </summary>
    public static IReadOnlyList<string> Configured(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").ToList();
        if (endpoints.Count > 0) return endpoints;

        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]).ToList();
        if (urls.Count > 0) return urls;

        return
        [
            .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
            .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
        ];
    }

    private static string[] Split(string? value) =>
        (value ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
