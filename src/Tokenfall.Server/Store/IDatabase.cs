namespace Tokenfall.Server.Store;

/// <summary>What the server asks of its database besides data: SQLite in the data folder, or PostgreSQL.</summary>
internal interface IDatabase
{
    /// <summary>What to do about data-protection keys that cannot be used.</summary>
    string MendKeys { get; }

    /// <summary>Before anything is read or written: takes what only one server may use, and looks whether it is whole.</summary>
    /// <exception cref="Configuration.StartupException">Another server has it, or it is damaged.</exception>
    Task TakeAsync();

    /// <summary>After the migrations: what belongs to the database and is not in its schema.</summary>
    Task ConfigureAsync(TokenfallDb db);

    /// <summary>Reads a number that is another one after each change of accounts, sessions and keys, by this process or another.</summary>
    /// <remarks>For one caller at a time. After a failure, what is read cannot be compared to what was read before.</remarks>
    ValueTask<long> ReadVersionAsync(CancellationToken cancellationToken);

    /// <summary>Looks whether everything is there and works.</summary>
    /// <returns>What is wrong, in words that anybody may read; null if nothing is.</returns>
    Task<string?> FindProblemAsync();

    /// <summary>What is wrong, or <see langword="null"/> when the failure is not one of the store's.</summary>
    /// <param name="e">The failure, or what wraps it.</param>
    StoreFailure? FailureOf(Exception? e);
}
