using Dapper;
using Microsoft.Data.Sqlite;

namespace Tokenfall.Sqlite;

/// <summary>Deletes a day in many short transactions, between which others can write.</summary>
internal static class DayDeletion
{
    // So many in one transaction: some milliseconds each.
    private const int Runs = 20, Pages = 500;

    /// <returns>How many runs were deleted.</returns>
    public static async Task<int> DeleteAsync(SqliteStore store, int day, CancellationToken cancellationToken)
    {
        var deleted = 0;
        while (await store.WriteAsync((connection, transaction) => DeleteSome(connection, transaction, day), cancellationToken).ConfigureAwait(false) is > 0 and var some)
            deleted += some;
        // Pages that nothing uses any more go back to the file system (https://sqlite.org/pragma.html#pragma_incremental_vacuum).
        while (await store.WriteAsync(ReturnSomePages, cancellationToken).ConfigureAwait(false)) { }
        return deleted;
    }

    private static int DeleteSome(SqliteConnection connection, SqliteTransaction transaction, int day)
    {
        var runs = connection.Query<long>("SELECT number FROM runs WHERE day = @day AND run_end IS NOT NULL LIMIT @Runs", new { day, Runs }, transaction).ToList();
        foreach (var run in runs) connection.Execute("DELETE FROM segments WHERE run = @run; DELETE FROM runs WHERE number = @run", new { run }, transaction);
        connection.Execute("DELETE FROM days WHERE day = @day AND NOT EXISTS (SELECT 1 FROM runs WHERE day = @day)", new { day }, transaction);
        return runs.Count;
    }

    private static bool ReturnSomePages(SqliteConnection connection, SqliteTransaction transaction)
    {
        // It returns a page for each row that is read.
        _ = connection.Query($"PRAGMA incremental_vacuum({Pages})", transaction: transaction).Count();
        return connection.ExecuteScalar<long>("PRAGMA freelist_count", transaction: transaction) > 0;
    }
}
