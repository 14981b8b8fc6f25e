using System.Globalization;
using Tokenfall.Cli.Plan;
using Tokenfall.Tests;

namespace Tokenfall.Cli.Tests.Plan;

public class PublishedCostsTests
{
    [Theory]
    [InlineData("## CPU per delta, 1,000 streams x 20 tokens/s\n", 1)]
    [InlineData("## Memory per stream\n", 1)]
    [InlineData("## Memory per stream\n", 3)]
    public void Published_Costs_AreThoseOfTheResults(string section, int column)
    {
        var results = File.ReadAllText(Repository.PathOf("bench/RESULTS.md"));

        var row = results[results.IndexOf(section, StringComparison.Ordinal)..].Split('\n').First(line => line.StartsWith("| Tokenfall |", StringComparison.Ordinal));

        var median = double.Parse(row.Split('|')[column + 1].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.Contains(median, new[] { Costs.Published.CpuPerDelta, Costs.Published.MemoryPerStream, Costs.Published.BaseMemory });
    }
}
