using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>Resident memory per open stream, with what a contender keeps of its answer; garbage included.</summary>
internal sealed class MemoryComparison : IComparison
{
    private const int Few = 100, Many = 1_000, VeryMany = 5_000;

    // Slow, so that all keep up; each token as long as 150 usual ones, so that soon there is as much of an answer as there is
    // in the middle of a usual one.
    private const double TokensPerSecond = 0.5;
    private const int CharsOfAToken = 600;
    private const int Tokens = 60;

    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(3);

    public string Name => "memory";

    public string Title => "Memory per stream";

    public string Headline => "per stream at 5,000";

    public bool AppliesTo(Contender contender) => contender is not DirectContender;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        FileLimit.Require(2 * VeryMany);
        var result = new Result();
        await using var model = await ChildServer.StartAsync(NumbersModel.Long(Tokens, TokensPerSecond, CharsOfAToken));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        await using var load = new TokenLoad(server.EndPoint, contender.Request, Tokens);
        try
        {
            var few = await RssAsync(Few);
            result.Add("with 100", few / 1048576.0, "MiB");
            var many = await RssAsync(Many - Few);
            result.Add("per stream at 1,000", (many - few) / 1024.0 / (Many - Few), "KiB");
            if (options.Quick) return result;
            var veryMany = await RssAsync(VeryMany - Many);
            var answer = (double)load.Tokens * CharsOfAToken / VeryMany;
            result.Add(Headline, (veryMany - few) / 1024.0 / (VeryMany - Few), "KiB");
            result.Add("of it the answer so far", answer / 1024, "KiB");
        }
        catch (TimeoutException)
        {
            result.Note("with more streams than these, not all had their first token after 20 s.");
        }
        load.Report(result);
        return result;

        async Task<long> RssAsync(int more)
        {
            await load.OpenAsync(more, TimeSpan.FromMilliseconds(more / 2.0));
            await load.WaitForFirstTokensAsync();
            await Task.Delay(SettleTime, TimeProvider.System);
            return server.Rss;
        }
    }
}
