using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Scenarios;

namespace Tokenfall.Bench.Compare;

/// <summary>A finished answer, read again: <see cref="ReplayScenario"/> on the published server.</summary>
internal sealed class ReplayComparison : IComparison
{
    private const int Count = 200;

    public string Name => "replay";

    public string Title => "Replay of a finished run of 4,000 tokens";

    public string Headline => "replay with connecting, p50";

    public bool AppliesTo(Contender contender) => contender.Name == Contenders.Tokenfall;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        await using var model = await ReplayScenario.StartModelAsync();
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        return await ReplayScenario.MeasureAsync(server.EndPoint, () => server.Cpu, options.Quick ? Count / 4 : Count);
    }
}
