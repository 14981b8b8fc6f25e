using Tokenfall.PostgreSql;
using Tokenfall.Tests.PostgreSql;

namespace Tokenfall.Stores.Tests;

[Collection(SharedPostgreSql.Name)]
public sealed class PostgreSqlConversationTests(PostgreSqlServer server) : ConversationRules, IAsyncLifetime
{
    private string _settings = "";
    private PostgreSqlStore? _store;
    private IRunJournal? _journal;

    private protected override IRunJournal Journal => _journal!;

    private protected override IConversationStore Store => new PostgreSqlConversationStore(_store!);

    public async Task InitializeAsync()
    {
        _settings = PostgreSqlSettings.Parse(await server.CreateDatabaseAsync());
        Open();
    }

    public async Task DisposeAsync() => await _store!.DisposeAsync();

    private protected override async Task RestartAsync()
    {
        await _store!.DisposeAsync();
        Open();
    }

    private void Open()
    {
        _store = NewStore();
        _journal = new PostgreSqlJournal(_store);
    }

    private PostgreSqlStore NewStore() => new(_settings, survivesCrash: false, TimeProvider.System);
}
