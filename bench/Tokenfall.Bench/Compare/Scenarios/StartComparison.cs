using System.Diagnostics;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;

namespace Tokenfall.Bench.Compare;

/// <summary>From the launch of a process to its first token.</summary>
internal sealed class StartComparison : IComparison
{
    private const int Tokens = 10;
    private const int TokensPerSecond = 1_000;

    public string Name => "start";

    public string Title => "Cold start";

    public string Headline => "first token after";

    public bool AppliesTo(Contender contender) => contender is not DirectContender;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        var result = new Result();
        await using var model = await ChildServer.StartAsync(NumbersModel.Stamped(Tokens, TokensPerSecond));
        await using (var warm = new TokenLoad(model.EndPoint, Requests.Model(), Tokens))
        {
            await warm.OpenAsync(1, TimeSpan.Zero);
            await warm.WaitForFirstTokensAsync();
        }
        var launched = Stopwatch.GetTimestamp();
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        var listens = Stopwatch.GetElapsedTime(launched);
        await using var load = new TokenLoad(server.EndPoint, contender.Request, Tokens);
        await load.OpenAsync(1, TimeSpan.Zero);
        await load.WaitForFirstTokensAsync();
        var spoke = Stopwatch.GetElapsedTime(launched);
        await load.EndAsync(result);
        result.Add("listens after", listens.TotalMilliseconds, "ms");
        result.Add(Headline, spoke.TotalMilliseconds, "ms");
        result.Add("RSS then", server.Rss / 1048576.0, "MiB");
        return result;
    }
}
