using System.Net.Sockets;
using Tokenfall.Bench.Reports;
using Tokenfall.Tests;

namespace Tokenfall.Bench.Compare;

/// <summary>Measures what has not been measured, contender by contender in each round, and keeps the page of results up to date.</summary>
internal sealed class Comparer(CompareOptions options, IReadOnlyList<IComparison> scenarios, IReadOnlyList<Contender> contenders)
{
    // The figures of --quick are not for publishing.
    private readonly string _page = Repository.PathOf(options.Quick ? "artifacts/bench/RESULTS-quick.md" : "bench/RESULTS.md");
    private readonly MeasurementFile _file = new(Repository.PathOf(options.Quick ? "artifacts/bench/quick.jsonl" : "artifacts/bench/measurements.jsonl"));

    /// <summary>Runs all comparisons.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        if (options.Fresh || options.Quick) Forget();
        var left = scenarios.Sum(scenario => contenders.Where(scenario.AppliesTo).Count() * options.Rounds);
        foreach (var contender in contenders)
        {
            Progress.Report($"{contender.Title} is being built");
            await contender.PrepareAsync();
        }
        foreach (var scenario in scenarios)
        {
            for (var round = 1; round <= options.Rounds; round++)
            {
                foreach (var contender in contenders.Where(scenario.AppliesTo))
                {
                    if (!_file.Has(scenario.Name, contender.Name, round))
                    {
                        Progress.Report($"{left} to go. {scenario.Title}: {contender.Title}, round {round} of {options.Rounds}");
                        var result = await MeasureAsync(scenario, contender);
                        _file.Add(Measurement.Of(scenario.Name, contender.Name, round, result));
                        Progress.Report(Summary(result));
                    }
                    left--;
                }
            }
            await WritePageAsync();
        }
        Progress.Report($"written: {_page}");
        return _file.All.All(measurement => measurement.Problems.Count == 0) ? 0 : 1;
    }

    private void Forget()
    {
        foreach (var scenario in scenarios)
            foreach (var contender in contenders) _file.Remove(scenario.Name, contender.Name);
    }

    private async Task<Result> MeasureAsync(IComparison scenario, Contender contender)
    {
        try
        {
            return await scenario.MeasureAsync(contender, options);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException or IOException or HttpRequestException or SocketException)
        {
            var result = new Result();
            result.Fail(failure.Message);
            return result;
        }
    }

    private async Task WritePageAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_page)!);
        await File.WriteAllTextAsync(_page, ResultsPage.Of(_file.All, await Versions.DescribeAsync()));
        foreach (var (name, svg) in ResultsPage.ChartsOf(_file.All))
        {
            var chart = new FileInfo(Path.Combine(Path.GetDirectoryName(_page)!, name));
            chart.Directory!.Create();
            await File.WriteAllTextAsync(chart.FullName, svg);
        }
    }

    private static string Summary(Result result) =>
        string.Join("; ", result.Figures.Select(figure => $"{figure.Name} {TableReport.Number(figure.Value)} {figure.Unit}").Concat(result.Notes).Concat(result.Problems));
}
