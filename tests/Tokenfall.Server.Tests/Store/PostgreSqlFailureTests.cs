using System.Net.Sockets;
using Npgsql;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Tests.Store;

public sealed class PostgreSqlFailureTests
{
    private static readonly NpgsqlConnectionStringBuilder Settings = new("Host=db.example;Port=5433;Database=answers;Username=ada");

    [Theory]
    [InlineData("28P01", "refusing", "Correct the user or the password")]
    [InlineData("28000", "refusing", "Correct the user or the password")]
    [InlineData("3D000", "missing", "createdb --owner ada answers")]
    [InlineData("42501", "refusing", "GRANT CREATE ON DATABASE answers TO ada")]
    [InlineData("53300", "full", "max_connections")]
    [InlineData("53100", "disk full", "Free some space")]
    [InlineData("57P03", "away", "Try again")]
    [InlineData("25006", "read-only", "primary")]
    [InlineData("XX000", "unreadable", "the server's log")]
    public void Failure_OfPostgreSql_SaysWhatToDo(string code, string word, string advice)
    {
        var failure = PostgreSqlFailure.Of(new InvalidOperationException("outer", new PostgresException("words", "ERROR", "ERROR", code)), Settings);

        Assert.Equal(word, failure!.Word);
        Assert.Contains(advice, failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_OfTheConnection_NamesTheServer()
    {
        var failure = PostgreSqlFailure.Of(new NpgsqlException("outer", new SocketException(111)), Settings);

        Assert.Equal("away", failure!.Word);
        Assert.Contains("db.example:5433 cannot be reached", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_ByTimeout_IsAServerThatDoesNotAnswer() =>
        Assert.Equal("not answering", PostgreSqlFailure.Of(new NpgsqlException("outer", new TimeoutException()), Settings)!.Word);

    [Fact]
    public void Failure_OfSomethingElse_IsNotTheStores() => Assert.Null(PostgreSqlFailure.Of(new InvalidOperationException("a bug"), Settings));

    [Theory]
    [InlineData("57P03", true)]
    [InlineData("53300", true)]
    [InlineData("23505", false)]
    [InlineData("42P01", false)]
    public void Refusal_IsAnOutage_WhereItMayBeTakenLater(string code, bool isOutage) =>
        Assert.Equal(isOutage, StoreOutage.IsCauseOf(new InvalidOperationException("outer", new PostgresException("words", "ERROR", "ERROR", code))));

    [Fact]
    public void BrokenConnection_IsAnOutage() => Assert.True(StoreOutage.IsCauseOf(new NpgsqlException("outer", new SocketException(111))));
}
