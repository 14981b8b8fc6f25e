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

    [Fact(Timeout = 30_000)]
    public async Task BodyEnd_ThatComesAfterTheAnswer_KeepsTheConnection()
    {
        var answered = new TaskCompletionSource();
        await using var server = new RawServer(async connection =>
        {
            while (await connection.ReadRequestAsync())
            {
                await connection.WriteAsync(RawConnection.FirstText);
                await answered.Task;
                await connection.WriteAsync("0\r\n\r\n");
            }
        });
        using var http = new HttpClient(AnthropicHandler.Create());

        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Url) { Content = new StringContent("""{"messages":[{}]}""") };
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var ending = ResponseDrainer.ReadAsync(response, TimeProvider.System);
            answered.TrySetResult();
            await ending;
        }

        Assert.Equal(1, server.Connections);
    }

    [Fact(Timeout = 30_000)]
    public async Task Connection_OfAStoppedRun_IsClosed()
    {
        await using var server = new ClosingServer(RawConnection.FirstText);
        using var model = ModelAt(server.Url);
        var (run, _) = await model.StartAsync();
        using (var reader = run.Read())
            while (!(reader.TryRead(out var frame) && frame.Kind == EventKind.Text)) await reader.WaitAsync();

        run.Stop();

        await server.Closed;
    }

    [Fact(Timeout = 30_000)]
    public async Task Connection_OfABrokenOffAnswer_IsClosedWithoutDraining()
    {
        await using var server = new ClosingServer(RawConnection.FirstText + RawConnection.Chunk(Wire.Stream(Wire.Error("api_error", "Oops."))));
        using var model = ModelAt(server.Url);

        await model.AskAsync();
        var watch = Stopwatch.StartNew();
        await server.Closed;

        // A drained response would stay open for two seconds, and its tokens would be paid for.
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
        var (run, witness) = await model.StartAsync();
        using (var reader = run.Read())
            while (!(reader.TryRead(out var frame) && frame.Kind == EventKind.Text)) await reader.WaitAsync();
        read.SetResult();
        await run.Ended;

        var answer = Model.AnswerOf(run, witness);
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
