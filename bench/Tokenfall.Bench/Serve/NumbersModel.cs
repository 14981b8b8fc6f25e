using System.Globalization;
using Tokenfall.Testing;

namespace Tokenfall.Bench.Serve;

/// <summary>A model that counts: its tokens are <c>0@0;</c>, <c>1@0;</c> and so on, which <see cref="Load.TokenCheck"/> finds in any body.</summary>
internal static class NumbersModel
{
    public static string[] Arguments(int tokens, int perSecond) =>
        ["numbers", tokens.ToString(CultureInfo.InvariantCulture), perSecond.ToString(CultureInfo.InvariantCulture)];

    public static async Task<ModelServer> StartAsync(string tokens, string perSecond)
    {
        var script = new ModelScript
        {
            Tokens = [.. Enumerable.Range(0, int.Parse(tokens, CultureInfo.InvariantCulture)).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number}@0;"))],
            TokensPerSecond = int.Parse(perSecond, CultureInfo.InvariantCulture),
        };
        var server = await ModelServer.StartAsync(new ModelServerOptions { RecordCalls = false });
        server.Script = script;
        return server;
    }
}
