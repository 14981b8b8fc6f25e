using Microsoft.Data.Sqlite;

namespace Tokenfall.Server.Store;

/// <summary>What is wrong with the store: in a word for a probe, and in a sentence that says what to do for the operator.</summary>
/// <param name="Word">What is wrong, without the path: anybody may read it.</param>
/// <param name="Sentence">What is wrong and what to do.</param>
internal sealed record StoreFailure(string Word, string Sentence)
{
    // Primary result codes: https://sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, Full = 13, NotADatabase = 26;

    /// <summary>What is wrong, or <see langword="null"/> when the failure is not one of the store's.</summary>
    /// <param name="e">The failure, or what wraps it.</param>
    /// <param name="folder">The data folder.</param>
    public static StoreFailure? Of(Exception? e, DataFolder folder) => e switch
    {
        null => null,
        StoreUpgradeException => new("of another version", e.Message),
        SqliteException sqlite => Of(sqlite, folder.Database),
        _ => Of(e.InnerException, folder),
    };

    public static StoreFailure Damaged(string file) => new(
        "damaged", $"The database {file} is damaged. Restore it from a backup, or move it away to start with an empty one.");

    private static StoreFailure Of(SqliteException e, string file) => e.SqliteErrorCode switch
    {
        Busy or Locked => new("locked", $"The database {file} is locked by another process. End that process, and try again."),
        ReadOnly => new("read-only", $"The database {file} cannot be written to. Make it and its folder writable for the user that runs the server."),
        Full => new("disk full", $"The disk with {file} is full. Free some space, and try again."),
        Corrupt or NotADatabase => Damaged(file),
        _ => new("unreadable", $"The database {file} cannot be used: {e.Message} Check that its disk is there, and that the user that runs the server may use it."),
    };
}
