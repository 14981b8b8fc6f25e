using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Npgsql;
using Tokenfall.PostgreSql;
using Tokenfall.Tests.PostgreSql;

namespace Tokenfall.Stores.Tests;

/// <summary>On a server of its own, because it is killed.</summary>
public sealed class PostgreSqlCrashTests : IAsyncLifetime
{
    private readonly PostgreSqlServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ServerKilledInMidBatch_AfterItsRestart_HasEverythingOnce()
    {
        var settings = await _server.CreateDatabaseAsync();
        var logs = new FakeLogger();
        await using var store = new PostgreSqlStore(PostgreSqlSettings.Parse(settings), survivesCrash: true, TimeProvider.System);
        var journal = new PostgreSqlJournal(store);
        using var writer = new JournalWriter(journal, new JournalOptions { Visibility = JournalVisibility.Durable }, TimeProvider.System, logs, CancellationToken.None);
        var run = await TrackedAsync(journal, writer);
        run.Log.Append(EventKind.Text, "a"u8);
        await StoredAsync(run, 2);

        // The next batch waits in the server, and dies with it.
        await using (var holder = new NpgsqlConnection($"{settings};Pooling=false"))
        {
            await holder.OpenAsync();
            await using var transaction = await holder.BeginTransactionAsync();
            await new NpgsqlCommand("LOCK TABLE tokenfall.segments", holder, transaction).ExecuteNonQueryAsync();
            run.Log.Append(EventKind.Text, "b"u8);
            await WaitingInTheServerAsync(settings);
            await _server.KillAsync();
        }
        await logs.Collector.SaidAsync("The journal cannot be written");
        run.Log.Append(EventKind.Text, "c"u8);
        await _server.StartAsync();

        await logs.Collector.SaidAsync("The journal can be written again");
        run.Finish(new RunEnd { Status = RunStatus.Done, StopReason = "end_turn" });
        await writer.CompleteAsync().Soon();
        var stored = new List<RunSegment>();
        await foreach (var segment in journal.ReadAsync(run.Id, 1, CancellationToken.None)) stored.Add(segment);
        Assert.Equal("abc", string.Concat(stored.Select(segment => Encoding.UTF8.GetString(segment.Bytes.Span))));
        Assert.Equal(run.Log.Count, stored[^1].Last);
        Assert.Equal(RunStatus.Done, stored[^1].End?.Status);
    }

    // On a connection of its own: a transaction sees the activity of one moment only.
    private static async Task WaitingInTheServerAsync(string settings)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        await using var connection = new NpgsqlConnection($"{settings};Pooling=false");
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'INSERT INTO tokenfall.segments%' AND wait_event_type = 'Lock'", connection);
        while ((long)(await count.ExecuteScalarAsync())! == 0) limit.Token.ThrowIfCancellationRequested();
    }

    private static async Task<Run> TrackedAsync(PostgreSqlJournal journal, JournalWriter writer)
    {
        var run = new Run(new RunRecord(RunId.New(), "ann", "/ask/stream", "request", DateTimeOffset.UnixEpoch), DisconnectPolicy.Continue, new TokenfallOptions(), TimeProvider.System);
        run.Log.Append(EventKind.Start, []);
        await journal.CreateAsync(run.Record, CancellationToken.None);
        writer.Track(run);
        return run;
    }

    private static async Task StoredAsync(Run run, int position)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        for (; run.Log.Journal!.Position < position; await Task.Yield()) limit.Token.ThrowIfCancellationRequested();
    }
}
