using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tokenfall;
using Tokenfall.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the SQLite store to an application.</summary>
public static class SqliteTokenfallBuilderExtensions
{
    /// <summary>Keeps runs and conversations in a SQLite file, so that they can be read after the process has ended. For one process; the file is locked for it.</summary>
    /// <param name="builder">The builder that <c>AddTokenfall()</c> returns.</param>
    /// <param name="path">The file, such as <c>data/journal.db</c>; relative to the working directory. It is created, with its folder, if it is missing.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="path"/> is null.</exception>
    public static TokenfallBuilder AddSqlite(this TokenfallBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.AddSingleton(provider =>
            new SqliteStore(path, survivesPowerLoss: provider.GetRequiredService<IOptions<TokenfallOptions>>().Value.Journal.Visibility == JournalVisibility.Durable));
        builder.Services.Replace(ServiceDescriptor.Singleton<IRunJournal>(provider => new SqliteJournal(provider.GetRequiredService<SqliteStore>())));
        builder.Services.Replace(ServiceDescriptor.Singleton<IConversationStore>(provider => new SqliteConversationStore(provider.GetRequiredService<SqliteStore>())));
        return builder;
    }
}
