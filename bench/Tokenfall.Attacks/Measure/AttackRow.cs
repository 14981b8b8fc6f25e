using Tokenfall.Attacks.Floods;
using Tokenfall.Bench.Measure;

namespace Tokenfall.Attacks.Measure;

/// <summary>What an attack did to Tokenfall and to the relay, in each round.</summary>
internal sealed record AttackRow(IFlood Flood, IReadOnlyList<Attacked> Ours, IReadOnlyList<Attacked> Relay)
{
    /// <summary>How many honest streams were broken, of all rounds.</summary>
    public int Broken => Ours.Sum(one => one.Problems.Count);

    public int RelayBroken => Relay.Sum(one => one.Problems.Count);

    /// <summary>The most memory of all rounds, in MB.</summary>
    public double Memory => Ours.Max(one => one.Memory) / 1e6;

    public double RelayMemory => Relay.Max(one => one.Memory) / 1e6;

    public double Quiet => Median(Ours, one => one.Quiet);

    public double Slowest => Median(Ours, one => one.Slowest);

    public double RelayQuiet => Median(Relay, one => one.Quiet);

    public double RelaySlowest => Median(Relay, one => one.Slowest);

    /// <summary>How much slower Tokenfall's slowest tokens are than the relay's.</summary>
    public double Ratio => Slowest / RelaySlowest;

    private static double Median(IEnumerable<Attacked> rounds, Func<Attacked, double> figure) => MedianRange.Of(rounds.Select(figure)).Median;
}
