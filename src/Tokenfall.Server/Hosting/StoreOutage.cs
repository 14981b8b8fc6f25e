using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tokenfall.Server.Hosting;

/// <summary>Tells the failures of a store that cannot be used now from bugs.</summary>
internal static class StoreOutage
{
    /// <summary>The code of the answer.</summary>
    public const string Code = "store_unavailable";

    /// <summary>What the answer says.</summary>
    public const string Detail = "The server cannot use its store at the moment, so it does not know who you are. Try again in a few seconds.";

    /// <summary>After about this time it is worth another try.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    // Primary result codes of SQLite that are about a statement, not about the database: https://sqlite.org/rescode.html
    private const int Error = 1, Constraint = 19;

    /// <summary>Whether the store is the cause of a failure, which may be wrapped.</summary>
    public static bool IsCauseOf(Exception? e) => e switch
    {
        null => false,
        SqliteException sqlite => sqlite.SqliteErrorCode is not (Error or Constraint),
        // What the server has refused is about a statement, unless it says that it may take it later.
        NpgsqlException postgres => postgres is not PostgresException || postgres.IsTransient,
        _ => IsCauseOf(e.InnerException),
    };
}
