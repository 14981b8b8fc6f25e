using System.Globalization;
using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.FalseAlarms;

// How often the doctor finds something where nothing is wrong, on a machine that is busy.
// Usage: Tokenfall.FalseAlarms [RUNS, 20 by default] [PATH, such as nginx; all by default]
var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
var paths = HealthyPaths.All.Where(path => args.Length < 2 || path.Key.Equals(args[1], StringComparison.OrdinalIgnoreCase)).ToList();
if (runs < 1 || paths.Count == 0)
{
    await Console.Error.WriteLineAsync($"Usage: Tokenfall.FalseAlarms [RUNS] [{string.Join(" | ", HealthyPaths.All.Keys)}]");
    return 2;
}

Console.WriteLine($"{runs} visits to each path, all paths at once, every other visit over TLS, every core kept busy");
Console.WriteLine("| Path | Visits | False alarms | Median | Longest |");
Console.WriteLine("|---|---|---|---|---|");
using var load = new CpuLoad(Environment.ProcessorCount);
var alarms = await Task.WhenAll(paths.Select(path => Task.Run(() => VisitAsync(path.Key, path.Value, runs))));
return alarms.Sum() == 0 ? 0 : 1;

static async Task<int> VisitAsync(string name, HopStart[] hops, int runs)
{
    await using var path = await HopPath.StartAsync(OriginHeaders.All, hops);
    var visits = new List<Visit>();
    for (var run = 0; run < runs; run++)
    {
        visits.Add(await Visit.MakeAsync(path, tls: run % 2 == 1));
        await Console.Error.WriteLineAsync($"{name}, visit {run + 1}: {string.Join("; ", visits[^1].Alarms.DefaultIfEmpty("healthy"))}");
    }

    var durations = visits.Select(visit => visit.Duration.TotalSeconds).Order().ToList();
    var wrong = visits.Count(visit => visit.Alarms.Count > 0);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {runs} | {wrong} | {durations[durations.Count / 2]:F1} s | {durations[^1]:F1} s |"));
    return wrong;
}
