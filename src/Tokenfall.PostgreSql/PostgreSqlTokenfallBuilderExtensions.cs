using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tokenfall;
using Tokenfall.PostgreSql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the PostgreSQL store to an application.</summary>
public static class PostgreSqlTokenfallBuilderExtensions
{
    /// <summary>Keeps runs and conversations in PostgreSQL 14 or newer, so that they can be read after the process has ended.</summary>
    /// <param name="builder">The builder that <c>AddTokenfall()</c> returns.</param>
    /// <param name="connectionString">
    /// Where the database is, such as <c>Host=localhost;Database=app;Username=app</c> (https://www.npgsql.org/doc/connection-string-parameters.html).
    /// <c>Command Timeout</c>, after which a server that does not answer counts as away, is 10 seconds unless it is set here.
    /// </param>
    /// <remarks>The tables are in the schema <c>tokenfall</c>. It is created if it is missing; for that, the role needs <c>CREATE</c> on the database.</remarks>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is blank, or not a connection string.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="connectionString"/> is null.</exception>
    public static TokenfallBuilder AddPostgreSql(this TokenfallBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var settings = PostgreSqlSettings.Parse(connectionString);
        builder.Services.AddSingleton(provider => new PostgreSqlStore(
            settings, provider.GetRequiredService<IOptions<TokenfallOptions>>().Value.Journal.Visibility == JournalVisibility.Durable,
            provider.GetRequiredService<TimeProvider>()));
        builder.Services.Replace(ServiceDescriptor.Singleton<IRunJournal>(provider => new PostgreSqlJournal(provider.GetRequiredService<PostgreSqlStore>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<IConversationStore>(provider => new PostgreSqlConversationStore(provider.GetRequiredService<PostgreSqlStore>())));
        return builder;
    }
}
