using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Cli.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>Resident memory for each stream that is open, with whatever a contender keeps of its answer; garbage included.</summary>
internal sealed class MemoryComparison : IComparison
{
    private const int Few = 100, Many = 1_000, VeryMany = 5_000;

    // Slow, so that all keep up; each token as long as 20 usual ones, so that an answer is as long as an answer.
    private const double TokensPerSecond = 0.5;
    private const int CharsOfAToken = 80;
    private const int Tokens = 60;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public string Name => "memory";

    public string Title => "Memory per stream";

    public string Headline => "per stream at 5,000";

    public bool Takes(Contender contender) => contender is not DirectContender;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        FileLimit.Require(2 * VeryMany);
        var result = new Result();
        await using var model = await ChildServer.StartAsync(NumbersModel.Long(Tokens, TokensPerSecond, CharsOfAToken));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        await using var load = new TokenLoad(server.EndPoint, contender.Request, Tokens);
        var few = await RssAsync(Few);
        var many = await RssAsync(Many - Few);
        var veryMany = options.Quick ? many : await RssAsync(VeryMany - Many);
        load.Report(result);
        result.Add("with 100", few / 1048576.0, "MiB");
        result.Add("per stream at 1,000", (many - few) / 1024.0 / (Many - Few), "KiB");
        if (!options.Quick) result.Add(Headline, (veryMany - few) / 1024.0 / (VeryMany - Few), "KiB");
        return result;

        async Task<long> RssAsync(int more)
        {
            await load.OpenAsync(more, TimeSpan.FromMilliseconds(more));
            await load.SpeakAsync();
            await Task.Delay(Settling, TimeProvider.System);
            return server.Rss;
        }
    }
}
