namespace Tokenfall.Bench.Compare;

/// <summary>All contenders, in the order of the tables.</summary>
internal static class Contenders
{
    /// <summary>The name of the one that all others are compared with.</summary>
    public const string Tokenfall = "tokenfall";

    /// <summary>Those that only relay the model's bytes: the reference for Tokenfall's processor time.</summary>
    public static readonly IReadOnlyList<string> Relays = ["nginx", "aspnetcore-relay"];

    public static readonly IReadOnlyList<Contender> All =
    [
        new PublishedContender(Tokenfall, "Tokenfall", "src/Tokenfall.Server/Tokenfall.Server.csproj", ("TOKENFALL_AUTH", "none"), ("Tokenfall__Data", "{folder}")),
        new DirectContender(),
        new NginxContender(),
        new PublishedContender("aspnetcore-relay", "ASP.NET Core, raw relay", "bench/rivals/aspnetcore-relay/Relay.csproj"),
        new PublishedContender("aspnetcore-sdk", "ASP.NET Core, ServerSentEvents over the Anthropic SDK", "bench/rivals/aspnetcore-sdk/Sdk.csproj"),
        new NodeContender("node-anthropic", "Node, @anthropic-ai/sdk"),
        new NodeContender("node-ai", "Node, AI SDK (npm ai)"),
    ];
}
