using Tokenfall.PostgreSql;
using Tokenfall.Tests.PostgreSql;

namespace Tokenfall.Stores.Tests;

/// <inheritdoc cref="JournalScheduleTests"/>
[Collection(SharedPostgreSql.Name)]
public sealed class PostgreSqlScheduleTests(PostgreSqlServer server)
{
    [Theory]
    [InlineData(JournalVisibility.Immediate)]
    [InlineData(JournalVisibility.Durable)]
    public Task PostgreSql(JournalVisibility visibility) => JournalScheduleTests.SampleAsync(async choices =>
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
}
