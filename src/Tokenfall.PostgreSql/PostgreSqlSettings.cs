using System.Data.Common;
using Npgsql;

namespace Tokenfall.PostgreSql;

/// <summary>A connection string, with our own values where it leaves them open.</summary>
internal static class PostgreSqlSettings
{
    // A server that hangs must count as away soon: readers of a durable run wait for it.
    private const int CommandSeconds = 10;

    // A connection that nothing is sent on is found to be dead by this.
    private const int KeepAliveSeconds = 10;

    /// <exception cref="ArgumentException">This is not a connection string.</exception>
    public static string Parse(string connectionString)
    {
        // Npgsql's own builder does not tell what was written from what is its default.
        var written = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!written.ContainsKey("Command Timeout") && !written.ContainsKey("CommandTimeout")) settings.CommandTimeout = CommandSeconds;
        if (!written.ContainsKey("Keepalive")) settings.KeepAlive = KeepAliveSeconds;
        if (string.IsNullOrEmpty(settings.ApplicationName)) settings.ApplicationName = "tokenfall";
        return settings.ConnectionString;
    }
}
