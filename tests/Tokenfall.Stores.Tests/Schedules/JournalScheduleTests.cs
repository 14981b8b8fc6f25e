using System.Globalization;
using CsCheck;
using Tokenfall.PostgreSql;
using Tokenfall.Sqlite;
using Tokenfall.Tests.PostgreSql;

namespace Tokenfall.Stores.Tests;

/// <summary>Whatever happens to processes and their store: what a reader saw is the model's text, what ended is stored, nothing is paid for twice.</summary>
/// <remarks>TOKENFALL_SCHEDULES sets how many schedules are run of each kind. A failure prints the seed: set CsCheck_Seed to repeat it.</remarks>
[Collection(SharedPostgreSql.Name)]
public sealed class JournalScheduleTests(PostgreSqlServer server) : IDisposable
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("TOKENFALL_SCHEDULES"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 60;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData(JournalVisibility.Immediate)]
    [InlineData(JournalVisibility.Durable)]
    public Task Memory(JournalVisibility visibility) => SampleAsync(choices =>
    {
        IRunJournal journal = new TestJournal();
        return new JournalSchedule(() => Task.FromResult(journal), visibility, choices).RunAsync();
    });

    [Theory]
    [InlineData(JournalVisibility.Immediate)]
    [InlineData(JournalVisibility.Durable)]
    public Task Sqlite(JournalVisibility visibility) => SampleAsync(async choices =>
    {
        using var store = new SqliteStore(Path.Combine(_folder, $"{Guid.NewGuid()}.db"), survivesPowerLoss: false);
        IRunJournal journal = new SqliteJournal(store);
        await new JournalSchedule(() => Task.FromResult(journal), visibility, choices).RunAsync();
    });

    [Theory]
    [InlineData(JournalVisibility.Immediate)]
    [InlineData(JournalVisibility.Durable)]
    public Task PostgreSql(JournalVisibility visibility) => SampleAsync(async choices =>
    {
        var settings = PostgreSqlSettings.Parse(await server.CreateDatabaseAsync());
        PostgreSqlStore? store = null;
        await new JournalSchedule(NextProcessAsync, visibility, choices).RunAsync();
        await store!.DisposeAsync();

        async Task<IRunJournal> NextProcessAsync()
        {
            if (store is not null) await store.DisposeAsync();
            store = new PostgreSqlStore(settings, survivesCrash: false, TimeProvider.System);
            return new PostgreSqlJournal(store);
        }
    }, part: 6);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A start of a process takes longer with a server: that gets a part of the schedules.
    private static Task SampleAsync(Func<Choices, Task> run, int part = 1) => Choices.Any.SampleAsync(run, iter: Math.Max(1, Count / part), threads: 2);
}
