using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;
using Tokenfall.EndToEnd.Tests.Outages;
using Tokenfall.Outages;

// The outage matrix: real servers, a real nginx, a real browser and Node.js, in real time with all defaults.
// Usage: Tokenfall.Outages [CELLS AT ONCE, 20 by default] [SCALE, 1 by default] [part of a cell's name, such as Chromium-Dropped]
var atOnce = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
var scale = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var part = args.Length > 2 ? args[2] : "";
var cells = (
    from seconds in new double[] { 60, 45, 15, 5 } // the longest first
    from reader in Enum.GetValues<ReaderKind>()
    from fault in Enum.GetValues<Fault>()
    from moment in Enum.GetValues<Moment>()
    select new OutageCell(reader, fault, seconds, moment)).Where(cell => cell.ToString().Contains(part, StringComparison.OrdinalIgnoreCase)).ToList();
if (atOnce < 1 || scale <= 0 || cells.Count == 0)
{
    await Console.Error.WriteLineAsync("Usage: Tokenfall.Outages [CELLS AT ONCE] [SCALE] [PART OF A CELL'S NAME]");
    return 2;
}

using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new()
{
    ExecutablePath = Environment.GetEnvironmentVariable("TOKENFALL_CHROMIUM") ?? "/usr/bin/chromium",
    Headless = true,
    ChromiumSandbox = false,
    Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
var results = new ConcurrentDictionary<OutageCell, string>();
var wrong = 0;
await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (cell, _) =>
{
    string words;
    try
    {
        var result = await new OutageRun(scale).RunAsync(cell, browser);
        words = OutageTable.Describe(result);
        if (!result.IsGood) Interlocked.Increment(ref wrong);
    }
    catch (Exception failure) when (failure is not OutOfMemoryException)
    {
        words = $"**FAILED**: {failure.Message.Split('\n')[0]}";
        Interlocked.Increment(ref wrong);
    }
    results[cell] = words;
    await Console.Error.WriteLineAsync($"{results.Count} of {cells.Count}: {cell}: {words}");
});
OutageTable.Print(Console.Out, results);
return wrong == 0 ? 0 : 1;
