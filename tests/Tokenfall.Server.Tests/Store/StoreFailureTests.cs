using Microsoft.Data.Sqlite;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Tests.Store;

public sealed class StoreFailureTests : IDisposable
{
    private readonly ServerFolder _folder = new();

    [Theory]
    [InlineData(5, "locked", "End that process")]
    [InlineData(6, "locked", "End that process")]
    [InlineData(8, "read-only", "writable")]
    [InlineData(11, "damaged", "Restore it from a backup")]
    [InlineData(13, "disk full", "Free some space")]
    [InlineData(26, "damaged", "Restore it from a backup")]
    [InlineData(10, "unreadable", "Check that its disk is there")]
    [InlineData(14, "unreadable", "Check that its disk is there")]
    public void Failure_OfSqlite_SaysWhatToDo(int code, string word, string advice)
    {
        var failure = StoreFailure.Of(new InvalidOperationException("outer", new SqliteException("words", code)), DataFolder.Open(_folder.Data));
        Assert.Equal(word, failure!.Word);
        Assert.Contains(advice, failure.Sentence, StringComparison.Ordinal);
        Assert.Contains(_folder.Data, failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_OfSomethingElse_IsNotTheStores() =>
        Assert.Null(StoreFailure.Of(new InvalidOperationException("a bug"), DataFolder.Open(_folder.Data)));

    public void Dispose() => _folder.Dispose();
}
