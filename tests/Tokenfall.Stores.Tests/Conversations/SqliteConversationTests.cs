using Tokenfall.Sqlite;

namespace Tokenfall.Stores.Tests;

public sealed class SqliteConversationTests : ConversationRules, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly SqliteStore _store;

    public SqliteConversationTests()
    {
        _store = new SqliteStore(Path.Combine(_folder, "journal.db"), survivesPowerLoss: false);
        Journal = new SqliteJournal(_store);
        Store = new SqliteConversationStore(_store);
    }

    private protected override IRunJournal Journal { get; }

    private protected override IConversationStore Store { get; }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
