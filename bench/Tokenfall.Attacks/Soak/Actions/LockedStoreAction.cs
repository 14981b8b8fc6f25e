using Microsoft.Data.Sqlite;

namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>The database is locked for some time, as by a backup.</summary>
internal sealed class LockedStoreAction : ISoakAction
{
    public int Weight => 1;

    public async Task RunAsync(SoakWorld world, Random random)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = world.Server.Database, Pooling = false, DefaultTimeout = 30 }.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction(deferred: false);
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 1500)), TimeProvider.System);
        world.Count("locked store");
    }
}
