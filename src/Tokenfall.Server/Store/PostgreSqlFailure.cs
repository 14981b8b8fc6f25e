using Npgsql;

namespace Tokenfall.Server.Store;

/// <summary>What is wrong with a PostgreSQL database.</summary>
internal static class PostgreSqlFailure
{
    private const string Setting = "ConnectionStrings:Tokenfall";

    /// <inheritdoc cref="IDatabase.FailureOf"/>
    public static StoreFailure? Of(Exception? e, NpgsqlConnectionStringBuilder settings) => e switch
    {
        null => null,
        StoreUpgradeException => new("of another version", e.Message),
        PostgresException refused => Of(refused, settings),
        NpgsqlException { InnerException: TimeoutException } => new(
            "not answering", $"The database server {Server(settings)} does not answer. Look into its log, or correct {Setting}."),
        NpgsqlException { InnerException: { } cause } => new(
            "away", $"The database server {Server(settings)} cannot be reached: {cause.Message.TrimEnd('.')}. Start it, or correct {Setting}."),
        // Such as a password that the server asks for and the setting does not have; the message says so.
        NpgsqlException => new("refusing", $"The database server {Server(settings)} cannot be used: {e.Message.TrimEnd('.')}. Correct {Setting}."),
        _ => Of(e.InnerException, settings),
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static StoreFailure Of(PostgresException e, NpgsqlConnectionStringBuilder settings) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new(
            "refusing", $"The database server {Server(settings)} refuses the user {settings.Username}: {e.MessageText}. Correct the user or the password in {Setting}."),
        PostgresErrorCodes.InvalidCatalogName => new(
            "missing", $"The database {settings.Database} does not exist on {Server(settings)}. Create it (createdb --owner {settings.Username} {settings.Database}), or correct {Setting}."),
        PostgresErrorCodes.InsufficientPrivilege => new(
            "refusing", $"The user {settings.Username} may not do what the server needs in the database {settings.Database}: {e.MessageText}. As its owner, run: GRANT CREATE ON DATABASE {settings.Database} TO {settings.Username}"),
        PostgresErrorCodes.TooManyConnections => new(
            "full", $"The database server {Server(settings)} has no connection left: {e.MessageText}. Raise its max_connections, or lower Maximum Pool Size in {Setting}."),
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => new(
            "away", $"The database server {Server(settings)} is starting or stopping: {e.MessageText}. Try again in a moment."),
        PostgresErrorCodes.DiskFull => new("disk full", $"The disk of the database server {Server(settings)} is full. Free some space, and try again."),
        PostgresErrorCodes.ReadOnlySqlTransaction => new(
            "read-only", $"The database server {Server(settings)} takes no changes, as a standby does. Name the primary in {Setting}."),
        _ => new("unreadable", $"The database {settings.Database} on {Server(settings)} cannot be used: {e.MessageText} ({e.SqlState}). Look into the server's log."),
    };

    private static string Server(NpgsqlConnectionStringBuilder settings) => settings.Host!.StartsWith('/') ? settings.Host : $"{settings.Host}:{settings.Port}";
}
