using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Scenarios;

namespace Tokenfall.Bench.Compare;

/// <summary>What only Tokenfall has, measured by a scenario of its own on the library in a bare application.</summary>
/// <param name="name">For the command line and for records.</param>
/// <param name="title">For readers of the results.</param>
/// <param name="headline">The figure that matters.</param>
/// <param name="scenario">Measures it.</param>
/// <param name="count">How often; a quarter of it when in a hurry.</param>
internal sealed class OwnScenario(string name, string title, string headline, IScenario scenario, int count) : IComparison
{
    public string Name => name;

    public string Title => title;

    public string Headline => headline;

    public bool Takes(Contender contender) => contender.Name == Contenders.Tokenfall;

    public Task<Result> MeasureAsync(Contender contender, CompareOptions options) =>
        scenario.RunAsync(new BenchOptions { Count = options.Quick ? count / 4 : count });
}
