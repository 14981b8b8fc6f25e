using Tokenfall.Tests.PostgreSql;

namespace Tokenfall.Stores.Tests;

/// <summary>The tests that share one server.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPostgreSql : ICollectionFixture<PostgreSqlServer>
{
    public const string Name = "PostgreSQL";
}
