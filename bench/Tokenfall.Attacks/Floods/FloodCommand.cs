using System.Globalization;

namespace Tokenfall.Attacks.Floods;

/// <summary>The hidden command <c>flood NAME PORT SECONDS EMAIL KEY</c>: the attacker, in a process of its own. It begins when a line comes on standard input.</summary>
internal static class FloodCommand
{
    public const string Ready = "ready";

    public static async Task<int> RunAsync(string[] args)
    {
        var flood = FloodList.All.Single(one => one.Name == args[0]);
        using var victim = new Victim(int.Parse(args[1], CultureInfo.InvariantCulture), new Account(args[3], args[4]));
        await flood.PrepareAsync(victim);
        Console.WriteLine(Ready);
        if (await Console.In.ReadLineAsync() is null) return 1;
        var run = new FloodRun(flood, victim);
        await run.RunAsync(TimeSpan.FromSeconds(int.Parse(args[2], CultureInfo.InvariantCulture)));
        Console.WriteLine(string.Join(", ", run.Outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Key}: {outcome.Value}")));
        return 0;
    }
}
