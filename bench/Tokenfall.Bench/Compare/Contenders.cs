namespace Tokenfall.Bench.Compare;

/// <summary>Who takes part, in the order of the tables.</summary>
internal static class Contenders
{
    public static readonly IReadOnlyList<Contender> All =
    [
        new PublishedContender("tokenfall", "Tokenfall", "src/Tokenfall.Server/Tokenfall.Server.csproj", ("TOKENFALL_AUTH", "none"), ("Tokenfall__Data", "{folder}")),
        new NginxContender(),
        new PublishedContender("aspnetcore-relay", "ASP.NET Core, raw relay", "bench/rivals/aspnetcore-relay/Relay.csproj"),
    ];
}
