using System.Globalization;
using Tokenfall.Testing;

namespace Tokenfall.Bench.Serve;

/// <summary>The model server in its own process: first some fast answers to warm up, then the paced one.</summary>
internal static class BenchModel
{
    private const int Seed = 7;

    public static string[] Arguments(int tokens, int? perSecond, int quick) =>
        [.. new[] { "model", Text(tokens), Text(perSecond ?? 0), Text(quick) }];

    /// <summary>Its answer: filler text in several scripts, with everything that needs escaping.</summary>
    public static ModelScript Script(int tokens) => ModelScript.Lorem(tokens, Seed);

    public static async Task<ModelServer> StartAsync(string[] args)
    {
        var numbers = args.Select(arg => int.Parse(arg, CultureInfo.InvariantCulture)).ToArray();
        var (script, perSecond, quick) = (Script(numbers[0]), numbers[1], numbers[2]);
        var server = await ModelServer.StartAsync(new ModelServerOptions { RecordCalls = false });
        for (var i = 0; i < quick; i++) server.Enqueue(script);
        server.Script = script with { TokensPerSecond = perSecond == 0 ? null : perSecond };
        return server;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
