using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Xunit.Abstractions;

namespace Tokenfall.Integration.Tests;

/// <summary>A server that is told to go: answers finish or end as interrupted, and the process leaves in time.</summary>
public sealed class DrainTests(ITestOutputHelper output)
{
    private const int Half = 250;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(3);
    // Room for a busy machine, and still far from the 30 s after which a host gives up, or the long drain time.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);
    private static readonly (string, string) Short = ("Tokenfall__DrainTime", DrainTime.ToString());
    private static readonly (string, string) Long = ("Tokenfall__DrainTime", "00:00:50");

    [Fact]
    public async Task SigTerm_UnderFiveHundredStreams_EndsEachOnceAndLeavesInTime()
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await LiveStreams.StartServerAsync(model, Short);
        using var client = LiveStreams.CreateClient(server);
        var gate = new ModelGate(20);
        var finishing = await LiveStreams.OpenAsync(client, model, ModelScript.Lorem(60) with { Hold = gate }, Half);
        var held = await LiveStreams.OpenAsync(client, model, ModelScript.Lorem(60, seed: 2) with { Hold = new ModelGate(20) }, Half);

        var begin = Stopwatch.GetTimestamp();
        await server.SignalAsync("TERM");
        await server.SaysAsync($"Draining: {2 * Half} live runs");
        gate.Open();
        await Task.WhenAll(finishing.Select(stream => stream.ReadToEndAsync()));
        var finished = Stopwatch.GetElapsedTime(begin);
        var lasts = await Task.WhenAll(held.Select(stream => stream.ReadToLastAsync()));
        var code = await server.ExitAsync(TimeLimit);
        var taken = Stopwatch.GetElapsedTime(begin);

        output.WriteLine(
            $"FIGURE SIGTERM under {2 * Half} streams, drain time {DrainTime.TotalSeconds} s: {finishing.Count} done after {finished.TotalSeconds:F2} s, " +
            $"{lasts.Length} interrupted, exit with {code} after {taken.TotalSeconds:F2} s");
        output.WriteLine(server.Log);
        Assert.All(lasts, AssertInterrupted);
        Assert.All(held, stream => Assert.Equal(21, stream.Number - 1)); // the start and twenty tokens, then the end
        Assert.Equal(0, code);
        Assert.InRange(taken, DrainTime, DrainTime + Leeway);
        AssertNoFailure(server.Log);
    }

    [Fact]
    public async Task WhileDraining_OldRunsAreServedAndNewOnesSentElsewhere()
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await LiveStreams.StartServerAsync(model, Long);
        using var client = LiveStreams.CreateClient(server);
        var gate = new ModelGate(20);
        var script = ModelScript.Lorem(60) with { Hold = gate };
        var streams = await LiveStreams.OpenAsync(client, model, script, 2);
        await server.SignalAsync("TERM");
        await server.SaysAsync("Draining: 2 live runs");

        using var refused = await client.PostAsJsonAsync(App.Path, new { prompt = "Hi" });
        using var ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        using var alive = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
        using var resumed = await ResumeAsync(client, streams[0].Run, 5);
        using var stopped = await client.DeleteAsync(new Uri($"{App.Path}/{streams[1].Run}", UriKind.Relative));
        var last = await streams[1].ReadToLastAsync();
        gate.Open();
        var rest = await new EventStream(await resumed.Content.ReadAsStreamAsync()).ToEndAsync();
        await streams[0].ReadToEndAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, alive.StatusCode));
        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        Assert.Equal(("done", "stopped"), (last.Event, last.Json.GetProperty("stop_reason").GetString()));
        Assert.Equal(string.Concat(script.Tokens.Skip(4)), string.Concat(rest.SkipLast(1).Select(delta => delta.Text)));
        Assert.Equal("done", rest[^1].Event);
        Assert.Equal(2, model.Calls.Count);
        // Nothing is left to wait for.
        Assert.Equal(0, await server.ExitAsync(TimeSpan.FromSeconds(20)));
        AssertNoFailure(server.Log);
    }

    [Fact]
    public async Task SigTerm_AReaderThatTakesNothing_DoesNotDelayTheExit()
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await LiveStreams.StartServerAsync(model, Short);
        using var client = LiveStreams.CreateClient(server);
        var gate = new ModelGate(1_000_000);
        model.Script = new() { Tokens = [.. Enumerable.Repeat(new string('x', 1000), 30_000)], Hold = gate };
        using var stalled = await StalledReaderAsync(server.Address);
        await gate.Reached.WaitAsync(TimeLimit);

        var begin = Stopwatch.GetTimestamp();
        await server.SignalAsync("TERM");
        var code = await server.ExitAsync(TimeLimit);
        var taken = Stopwatch.GetElapsedTime(begin);

        output.WriteLine($"FIGURE SIGTERM with a stalled reader, drain time {DrainTime.TotalSeconds} s: exit with {code} after {taken.TotalSeconds:F2} s");
        output.WriteLine(server.Log);
        Assert.Equal(0, code);
        Assert.InRange(taken, DrainTime, DrainTime + Leeway);
        AssertNoFailure(server.Log);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task CtrlC_WhileDraining_InterruptsAtOnce(string first)
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await LiveStreams.StartServerAsync(model, Long);
        using var client = LiveStreams.CreateClient(server);
        var stream = (await LiveStreams.OpenAsync(client, model, ModelScript.Lorem(60) with { Hold = new ModelGate(20) }, 1))[0];
        await server.SignalAsync(first);
        await server.SaysAsync("Draining: 1 live run");

        var begin = Stopwatch.GetTimestamp();
        await server.SignalAsync("INT");
        AssertInterrupted(await stream.ReadToLastAsync());
        var code = await server.ExitAsync(TimeLimit);
        var taken = Stopwatch.GetElapsedTime(begin);

        output.WriteLine($"FIGURE SIGINT in a drain that SIG{first} began: interrupted, exit with {code} after {taken.TotalSeconds:F2} s");
        Assert.Equal(0, code);
        Assert.True(taken < Leeway, $"It took {taken}.");
        AssertNoFailure(server.Log);
    }

    // Supervisors and wrappers such as "dotnet run" pass the same signal on twice; that must not cost the answers their time.
    [Fact]
    public async Task SigTerm_Twice_StillLetsAnswersFinish()
    {
        await using var model = await ModelServer.StartAsync();
        await using var server = await LiveStreams.StartServerAsync(model, Long);
        using var client = LiveStreams.CreateClient(server);
        var gate = new ModelGate(20);
        var stream = (await LiveStreams.OpenAsync(client, model, ModelScript.Lorem(60) with { Hold = gate }, 1))[0];
        await server.SignalAsync("TERM");
        await server.SaysAsync("Draining: 1 live run");

        await server.SignalAsync("TERM");
        using var alive = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
        gate.Open();

        await stream.ReadToEndAsync();
        Assert.Equal(0, await server.ExitAsync(TimeLimit));
    }

    private static async Task<HttpResponseMessage> ResumeAsync(HttpClient client, string run, int after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{App.Path}/{run}");
        request.Headers.Add("Last-Event-ID", $"{run}.{after}");
        return (await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
    }

    /// <summary>Asks, and never reads.</summary>
    private static async Task<Socket> StalledReaderAsync(Uri server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {App.Path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{{\"prompt\":\"Hi\"}}"));
        return socket;
    }

    private static void AssertInterrupted(Frame last)
    {
        Assert.Equal("error", last.Event);
        Assert.Equal("interrupted", last.Json.GetProperty("code").GetString());
        Assert.True(last.Json.GetProperty("retryable").GetBoolean());
        Assert.Equal("estimated", last.Json.GetProperty("usage").GetString());
        Assert.True(last.Json.GetProperty("output_tokens").GetInt32() > 0);
    }

    // As the console writes levels: "12:00:00 fail: Category[3] ...".
    private static void AssertNoFailure(string log)
    {
        Assert.DoesNotContain(" fail: ", log, StringComparison.Ordinal);
        Assert.DoesNotContain(" crit: ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", log, StringComparison.Ordinal);
    }
}
