using Microsoft.Data.Sqlite;
using Tokenfall.Sqlite;

namespace Tokenfall.Stores.Tests;

public sealed class SqliteJournalTests : JournalRules, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private SqliteStore _store;

    public SqliteJournalTests() => _store = new SqliteStore(File, survivesPowerLoss: false);

    private protected override IRunJournal Journal => new SqliteJournal(_store);

    private protected override Task RestartAsync()
    {
        _store.Dispose();
        _store = new SqliteStore(File, survivesPowerLoss: false);
        return Task.CompletedTask;
    }

    private string File => Path.Combine(_folder, "data", "journal.db");

    [Fact]
    public async Task File_IsReadByTheNextProcess()
    {
        var run = await CreatedAsync();
        await AppendAsync(Segment(run, 2, "a"));
        _store.Dispose();
        using var store = new SqliteStore(File, survivesPowerLoss: true);

        var read = new List<RunSegment>();
        await foreach (var segment in new SqliteJournal(store).ReadAsync(run, 1, CancellationToken.None)) read.Add(segment);

        Assert.Equal("a", Text(Assert.Single(read)));
    }

    [Fact]
    public async Task File_OfAnotherStore_IsRefusedInWords()
    {
        await CreatedAsync();
        using var second = new SqliteStore(File, survivesPowerLoss: false);

        var refused = await Assert.ThrowsAsync<IOException>(async () => await new SqliteJournal(second).CreateAsync(Record(), CancellationToken.None));

        Assert.Contains("used by another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatALaterVersionHasTaken_IsRefusedInWords()
    {
        await CreatedAsync();
        _store.Dispose();
        Execute("UPDATE schema_compatibility SET lowest = 1000");
        using var store = new SqliteStore(File, survivesPowerLoss: false);

        var refused = await Assert.ThrowsAsync<StoreUpgradeException>(async () => await new SqliteJournal(store).FindAsync(RunId.New(), CancellationToken.None));

        Assert.Contains("later version", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_ThatIsDamaged_IsSaidToBe()
    {
        var run = await CreatedAsync();
        await AppendAsync(Segment(run, 2, "a"));
        Execute("UPDATE segments SET data = x'01ffffff7f'");

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(run));
    }

    [Fact]
    public async Task DeleteDay_GivesThePagesBack()
    {
        await EndedAsync(Noon, new string('x', 3_000_000));
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var before = new FileInfo(File).Length;

        await Journal.DeleteDayAsync(Day(Noon), CancellationToken.None);

        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.True(new FileInfo(File).Length < before - 2_500_000, "The file is as large as before.");
    }

    [Fact]
    public async Task Bytes_AreCountedOnce_AndNotWhatIsIgnored()
    {
        var run = await CreatedAsync();
        for (var i = 0; i < 3; i++) await AppendAsync(Segment(run, 2, new string('x', 1_000)));

        Assert.InRange(Assert.Single(await Journal.ListDaysAsync(CancellationToken.None)).Bytes, 1_000, 1_999);
    }

    [Fact]
    public async Task Bytes_OfADeletedConversation_AreNotCounted()
    {
        var turn = new ConversationTurn("c", "q") { Text = "Hello?" };
        var run = await Journal.CreateAsync(Record() with { Turn = turn }, CancellationToken.None);
        await AppendAsync(Segment(run, 2, new string('x', 1_000)), Terminal(run, 3, new RunEnd { Status = RunStatus.Done }));
        await EndedAsync(Noon, "b");

        await new SqliteConversationStore(_store).DeleteAsync("ann", "c", CancellationToken.None);

        Assert.InRange(Assert.Single(await Journal.ListDaysAsync(CancellationToken.None)).Bytes, 1, 999);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
