using System.Globalization;
using Tokenfall.Testing;

namespace Tokenfall.Bench.Serve;

/// <summary>A model with numbered tokens: <c>0@time;</c>, <c>1@time;</c> and so on, which <see cref="Load.TokenCheck"/> finds in any body.</summary>
internal static class NumbersModel
{
    /// <summary>The arguments for tokens that carry the time they were sent.</summary>
    /// <param name="tokens">How many tokens.</param>
    /// <param name="perSecond">How many it sends per second.</param>
    /// <param name="delay">Seconds before the first.</param>
    public static string[] Stamped(int tokens, int perSecond, int delay = 0) => Arguments(tokens, perSecond, 0, delay);

    /// <summary>The arguments for tokens padded to a length, without a time.</summary>
    public static string[] Long(int tokens, double perSecond, int chars) => Arguments(tokens, perSecond, chars, 0);

    public static async Task<ModelServer> StartAsync(string[] args)
    {
        var numbers = args.Select(arg => double.Parse(arg, CultureInfo.InvariantCulture)).ToArray();
        var (tokens, chars) = ((int)numbers[0], (int)numbers[2]);
        var script = chars == 0 ? ModelScript.Stamped(tokens) : new ModelScript { Tokens = [.. Enumerable.Range(0, tokens).Select(number => Token(number, chars))] };
        var server = await ModelServer.StartAsync(new ModelServerOptions { RecordCalls = false });
        server.Script = script with { TokensPerSecond = numbers[1], FirstTokenDelay = TimeSpan.FromSeconds(numbers[3]) };
        return server;
    }

    private static string[] Arguments(params double[] numbers) =>
        ["numbers", .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static string Token(int number, int chars) => string.Create(CultureInfo.InvariantCulture, $"{number}@0;").PadRight(chars, '.');
}
