using Npgsql;
using Tokenfall.PostgreSql;
using Tokenfall.Tests.PostgreSql;

namespace Tokenfall.Stores.Tests;

[Collection(SharedPostgreSql.Name)]
public sealed class PostgreSqlJournalTests(PostgreSqlServer server) : JournalRules, IAsyncLifetime
{
    private string _settings = "";
    private PostgreSqlStore? _store;
    private IRunJournal? _journal;

    private protected override IRunJournal Journal => _journal!;

    public async Task InitializeAsync()
    {
        _settings = await server.CreateDatabaseAsync();
        Open();
    }

    public async Task DisposeAsync() => await _store!.DisposeAsync();

    private protected override async Task RestartAsync()
    {
        await _store!.DisposeAsync();
        Open();
    }

    [Fact]
    public async Task Orphans_AreNotTheRunsOfAProcessThatLives()
    {
        await CreatedAsync();
        await using var other = NewStore();

        Assert.Empty(await new PostgreSqlJournal(other).FindOrphansAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task Process_WhoseConnectionBreaks_TakesItsLockAgain()
    {
        await CreatedAsync();
        await using var other = NewStore();
        var journal = new PostgreSqlJournal(other);
        await journal.FindOrphansAsync(10, CancellationToken.None);

        var broken = await ExecuteAsync("SELECT sum(pid)::bigint FROM pg_locks WHERE locktype = 'advisory'");
        await ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");

        await UntilAsync(async () => await ExecuteAsync("SELECT CASE count(*) WHEN 2 THEN sum(pid)::bigint END FROM pg_locks WHERE locktype = 'advisory'") is { } now && now != broken);
        Assert.Empty(await journal.FindOrphansAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task Starters_AtOnce_UpgradeOnce()
    {
        var stores = Enumerable.Range(0, 5).Select(_ => NewStore()).ToList();

        await Task.WhenAll(stores.Select(store => Task.Run(async () => await store.NodeAsync(CancellationToken.None))));

        Assert.Equal(1, await ExecuteAsync("SELECT count(*) FROM tokenfall.schema_versions WHERE scriptname LIKE '%0001%'"));
        foreach (var store in stores) await store.DisposeAsync();
    }

    [Fact]
    public async Task Database_ThatALaterVersionHasTaken_IsRefusedInWords()
    {
        await CreatedAsync();
        await ExecuteAsync("UPDATE tokenfall.schema_compatibility SET lowest = 1000");
        await using var store = NewStore();

        var refused = await Assert.ThrowsAsync<StoreUpgradeException>(async () => await new PostgreSqlJournal(store).FindAsync(RunId.New(), CancellationToken.None));

        Assert.Contains("later version", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_ThatIsDamaged_IsSaidToBe()
    {
        var run = await CreatedAsync();
        await AppendAsync(Segment(run, 2, "a"));
        await ExecuteAsync(@"UPDATE tokenfall.segments SET data = '\x01ffffff7f'");

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(run));
    }

    [Theory]
    [InlineData(true, "on")]
    [InlineData(false, "off")]
    public async Task Commit_WaitsForTheDisk_OnlyWhereItMustSurviveACrash(bool survivesCrash, string expected)
    {
        await using var store = new PostgreSqlStore(_settings, survivesCrash, TimeProvider.System);

        var seen = await store.WriteAsync(
            async (connection, transaction) => (string)(await new NpgsqlCommand("SHOW synchronous_commit", connection, transaction).ExecuteScalarAsync())!, CancellationToken.None);

        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task ServerThatHangs_CountsAsAway()
    {
        var run = await CreatedAsync();
        await using var holder = await OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await new NpgsqlCommand("LOCK TABLE tokenfall.runs", holder, transaction).ExecuteNonQueryAsync();
        await using var store = new PostgreSqlStore(PostgreSqlSettings.Parse($"{_settings};Command Timeout=1"), false, TimeProvider.System);

        await Assert.ThrowsAsync<NpgsqlException>(async () => await new PostgreSqlJournal(store).AppendAsync([Segment(run, 2, "a")], CancellationToken.None));
    }

    [Fact]
    public async Task DeleteDay_WhileABackupReadsIt_DoesNotHoldUpWriters()
    {
        await EndedAsync(Noon, "a");
        var run = await Journal.CreateAsync(Record() with { Created = Noon.AddDays(1) }, CancellationToken.None);
        await using var backup = await OpenAsync();
        await using var transaction = await backup.BeginTransactionAsync();
        await new NpgsqlCommand("SELECT count(*) FROM tokenfall.segments", backup, transaction).ExecuteScalarAsync();

        var deleting = Task.Run(async () => await Journal.DeleteDayAsync(Day(Noon), CancellationToken.None));
        await UntilAsync(async () => await ExecuteAsync("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE%DETACH%' AND wait_event_type = 'Lock'") > 0);
        await AppendAsync(Segment(run, 2, "b"));

        Assert.False(deleting.IsCompleted);
        await transaction.CommitAsync();
        Assert.Equal(1, await deleting.Soon());
    }

    [Fact]
    public async Task DeleteDay_ThatWasCutShort_IsDoneToItsEndByTheNext()
    {
        await EndedAsync(Noon, "a");
        await using (var backup = await OpenAsync())
        await using (var transaction = await backup.BeginTransactionAsync())
        {
            await new NpgsqlCommand("SELECT count(*) FROM tokenfall.segments", backup, transaction).ExecuteScalarAsync();
            await using var hasty = new PostgreSqlStore(PostgreSqlSettings.Parse($"{_settings};Command Timeout=1"), false, TimeProvider.System);
            await Assert.ThrowsAsync<NpgsqlException>(async () => await new PostgreSqlJournal(hasty).DeleteDayAsync(Day(Noon), CancellationToken.None));
        }

        await Journal.DeleteDayAsync(Day(Noon), CancellationToken.None);

        Assert.DoesNotContain(Day(Noon), (await Journal.ListDaysAsync(CancellationToken.None)).Select(day => day.Day));
    }

    [Fact]
    public async Task Append_ToADayThatWasDroppedMeanwhile_IsStored()
    {
        var run = await CreatedAsync();
        await ExecuteAsync($"DROP TABLE tokenfall.segments_{Noon:yyyyMMdd}");

        await AppendAsync(Segment(run, 2, "a"));

        Assert.Equal("a", Text(Assert.Single(await ReadAsync(run))));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        while (!await condition()) limit.Token.ThrowIfCancellationRequested();
    }

    private void Open()
    {
        _store = NewStore();
        _journal = new PostgreSqlJournal(_store);
    }

    private PostgreSqlStore NewStore() => new(PostgreSqlSettings.Parse(_settings), survivesCrash: false, TimeProvider.System);

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection($"{_settings};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<long?> ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        return await new NpgsqlCommand(sql, connection).ExecuteScalarAsync() as long?;
    }
}
