using Tokenfall.Tests.PostgreSql;

namespace Tokenfall.Server.Tests.Store;

/// <summary>The tests that share one server.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPostgreSql : ICollectionFixture<PostgreSqlServer>
{
    public const string Name = "PostgreSQL";
}
