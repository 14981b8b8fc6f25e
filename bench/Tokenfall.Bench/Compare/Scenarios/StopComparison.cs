using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Scenarios;
using Tokenfall.Testing;

namespace Tokenfall.Bench.Compare;

/// <summary>How fast a stop reaches the model: <see cref="StopScenario"/> on the published server.</summary>
internal sealed class StopComparison : IComparison
{
    private const int Count = 200;

    public string Name => "stop";

    public string Title => "From DELETE to the close of the connection to the model";

    public string Headline => "between tokens: p99";

    public bool AppliesTo(Contender contender) => contender.Name == Contenders.Tokenfall;

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        // In this process: its record has the time when the connection closed.
        await using var model = await ModelServer.StartAsync();
        await using var server = await ContenderProcess.StartAsync(contender, model.Url);
        return await StopScenario.MeasureAsync(model, new Uri($"http://{server.EndPoint}"), options.Quick ? Count / 4 : Count);
    }
}
