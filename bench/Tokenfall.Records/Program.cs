using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Tokenfall.Records;

// Usage: Tokenfall.Records [RUNS]: fills a store with finished runs, 100,000 by default, and measures what people wait for.
var runs = args is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 100_000;
var folder = Directory.CreateTempSubdirectory("tokenfall-records-");
try
{
    var file = Path.Combine(folder.FullName, "journal.db");
    await using (var services = Services(file))
    {
        var filling = Stopwatch.GetTimestamp();
        var filled = await StoreFiller.FillAsync(services.GetRequiredService<IRunJournal>(), runs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{runs:N0} runs of {StoreFiller.Owners} people filled in {Stopwatch.GetElapsedTime(filling).TotalSeconds:F0} s: {Size(folder) / 1048576.0:F0} MiB, {Size(folder) / (double)runs:F0} bytes a run of {StoreFiller.Tokens} tokens"));
        await Calls.MeasureAsync(services.GetRequiredService<IConversationStore>(), filled);
    }
    await ServerStart.MeasureAsync(folder.FullName);
}
finally
{
    folder.Delete(recursive: true);
}

static ServiceProvider Services(string file)
{
    var services = new ServiceCollection();
    services.AddLogging();
    services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
    services.AddTokenfallCore().AddSqlite(file);
    return services.BuildServiceProvider();
}

static long Size(DirectoryInfo folder) => folder.EnumerateFiles().Sum(file => file.Length);
