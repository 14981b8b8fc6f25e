using System.Data.Common;
using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Tests.Store;

public sealed class StoreWriterTests : IDisposable
{
    private readonly StoreWriter _writer = new();

    [Fact]
    public async Task Work_ThatBlocks_BlocksNoThreadOfThePool() =>
        Assert.False(await _writer.RunAsync(() => Task.FromResult(Thread.CurrentThread.IsThreadPoolThread)));

    [Fact]
    public async Task Work_GivenMeanwhile_WaitsForItsTurn()
    {
        var gate = new TaskCompletionSource<int>();
        var first = _writer.RunAsync(() => gate.Task);
        var began = false;
        var second = _writer.RunAsync(() => Task.FromResult(began = true));

        Assert.False(began);
        gate.SetResult(1);
        Assert.True(await second.WaitAsync(Waiting.Limit));
        Assert.Equal(1, await first);
    }

    [Fact]
    public async Task Work_ThatThrows_LetsTheNextRun()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _writer.RunAsync<int>(() => throw new InvalidOperationException()));

        Assert.Equal(1, await _writer.RunAsync(() => Task.FromResult(1)).WaitAsync(Waiting.Limit));
    }

    [Fact]
    public async Task Wait_ThatIsCancelled_DoesNotRunTheWork()
    {
        using var cancelled = new CancellationTokenSource();
        var gate = new TaskCompletionSource<int>();
        var first = _writer.RunAsync(() => gate.Task);
        var second = _writer.RunAsync<int>(() => throw new InvalidOperationException(), cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult(1);
        await first;
    }

    [Fact]
    public async Task Writes_OfSignInsSessionsAndKeys_BlockNoThreadOfThePool()
    {
        var writes = new WriteThreads();
        await using var app = new TestApp { Setup = services => services.ConfigureDbContext<TokenfallDb>(db => db.AddInterceptors(writes)) };
        using var client = await app.SignedInAsync();
        using var made = await client.PostAsJsonAsync("/account/keys", new { name = "one" });
        using var revoked = await client.DeleteAsync(made.Headers.Location);
        using var left = await client.PostAsync("/account/sign-out", null);

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.NoContent, HttpStatusCode.OK], [made.StatusCode, revoked.StatusCode, left.StatusCode]);
        Assert.Contains(writes.Seen, write => write.Command.Contains("INTO \"ApiKeys\"", StringComparison.Ordinal));
        Assert.DoesNotContain(writes.Seen, write => write.IsOfPool);
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Records on which kind of thread each command that writes was executed, once the application runs.</summary>
    private sealed class WriteThreads : DbCommandInterceptor
    {
        private static readonly string[] Verbs = ["INSERT", "UPDATE", "DELETE"];

        public ConcurrentQueue<(string Command, bool IsOfPool)> Seen { get; } = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Record(command);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Record(command);
            return new(result);
        }

        // The first account is added before anything is answered.
        private void Record(DbCommand command)
        {
            if (Verbs.Any(verb => command.CommandText.TrimStart().StartsWith(verb, StringComparison.Ordinal)) && !command.CommandText.Contains("INTO \"AspNetUsers\"", StringComparison.Ordinal))
                Seen.Enqueue((command.CommandText, Thread.CurrentThread.IsThreadPoolThread));
        }
    }
}
