using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tokenfall.Tests;

/// <summary>What only real connections show, with the source's own handler.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Connection_AfterACompleteAnswer_ServesTheNextRun()
    {
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync()) await connection.WriteAsync(RawConnection.WholeAnswer);
        });
        using var model = ModelAt(server.Url);

        for (var i = 0; i < 3; i++) Assert.Equal("a", (await model.AskAsync()).Text);

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Connection_OfAStoppedRun_IsClosedWithoutDraining()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async connection =>
        {
            if (!await connection.ReadRequestAsync()) return;
            await connection.WriteAsync(RawConnection.FirstText);
            await connection.ClosedAsync();
            closed.SetResult();
        });
        using var model = ModelAt(server.Url);
        var (run, _) = model.Start();
        using (var reader = run.Read())
            while (!(reader.TryRead(out var frame) && frame.Kind == EventKind.Delta)) await reader.WaitAsync();

        var watch = Stopwatch.StartNew();
        run.Stop();
        await closed.Task;

        // A drained response would stay open for two seconds.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Connection_ResetInTheMiddle_FailsTheRun()
    {
        var read = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            if (!await connection.ReadRequestAsync()) return;
            await connection.WriteAsync(RawConnection.FirstText);
            await read.Task;
            connection.Reset();
        });
        using var model = ModelAt(server.Url);
        var (run, witness) = model.Start();
        using (var reader = run.Read())
            while (!(reader.TryRead(out var frame) && frame.Kind == EventKind.Delta)) await reader.WaitAsync();
        read.SetResult();
        await run.Ended;

        var answer = Answer.Of(run, witness.Failure);
        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.True(answer.Fault.Retryable);
        Assert.IsAssignableFrom<IOException>(answer.Fault.InnerException);
        Assert.Contains("broke in the middle of the answer", answer.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ClosedBeforeTheHeaders_SaysWhatToCheck()
    {
        await using var server = new RawServer(async connection =>
        {
            if (await connection.ReadRequestAsync()) connection.Reset();
        });

        await AssertUnreachableAsync(server.Url);
    }

    [Fact]
    public async Task Connection_Refused_SaysWhatToCheck()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();

        await AssertUnreachableAsync(url);
    }

    [Fact]
    public async Task Connection_ThatTakesTooLong_IsATimeout()
    {
        var answer = await Model.RespondAsync(() => throw new TaskCanceledException("Too slow.", new TimeoutException("ConnectTimeout")));

        Assert.Equal("upstream_timeout", answer.Code);
        Assert.True(answer.Fault.Retryable);
    }

    [Fact]
    public void Handler_DoesNotDrainFollowOrRemember()
    {
        using var handler = AnthropicHandler.Create();

        Assert.Equal(TimeSpan.Zero, handler.ResponseDrainTimeout);
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
    }

    private static Model ModelAt(string url) => new(null, configure: options => options.BaseUrl = url);

    private static async Task AssertUnreachableAsync(string url)
    {
        using var model = ModelAt(url);

        var answer = await model.AskAsync();

        Assert.Equal("upstream_unavailable", answer.Code);
        Assert.True(answer.Fault.Retryable);
        Assert.Contains($"No response from {url}/v1/messages", answer.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("Check Tokenfall:Anthropic:BaseUrl", answer.Fault.Message, StringComparison.Ordinal);
    }
}
