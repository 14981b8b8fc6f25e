using Tokenfall.Sqlite;

namespace Tokenfall.Stores.Tests;

public sealed class SqliteConversationTests : ConversationRules, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private SqliteStore _store;

    public SqliteConversationTests() => _store = NewStore();

    private protected override IRunJournal Journal => new SqliteJournal(_store);

    private protected override IConversationStore Store => new SqliteConversationStore(_store);

    private protected override Task RestartAsync()
    {
        _store.Dispose();
        _store = NewStore();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteStore NewStore() => new(Path.Combine(_folder, "journal.db"), survivesPowerLoss: false);
}
