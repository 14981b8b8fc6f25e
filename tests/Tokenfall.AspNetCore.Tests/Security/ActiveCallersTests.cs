using System.Net.Sockets;
using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tokenfall.Tests;

namespace Tokenfall.AspNetCore.Tests;

public class ActiveCallersTests
{
    [Fact]
    public async Task EndCalls_OfOneCaller_ResetsItsResponsesOnly()
    {
        await using var app = await SignedIn.StartAsync();
        using var ada = await EventStream.OfAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("ada")));
        var toAda = await app.Source.AskedAsync();
        using var bob = await EventStream.OfAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("bob")));
        var toBob = await app.Source.AskedAsync();

        Assert.Equal(1, Callers(app).EndCalls(Is("ada")));

        Assert.DoesNotContain(await ada.ToCutAsync(), frame => frame.IsTerminal);
        toBob.Finish();
        Assert.Equal("done", (await bob.ToEndAsync())[^1].Event);
        toAda.Finish();
    }

    [Fact]
    public async Task EndCalls_OfAReaderThatPromisedToReturn_LeavesTheRunTheGraceOfAGoodBye()
    {
        var time = new FakeTimeProvider();
        await using var app = await TestApp.StartAsync(options =>
        {
            options.Grace = TimeSpan.FromSeconds(10);
            options.ResumeGrace = TimeSpan.FromSeconds(90);
        }, time);
        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Tokenfall-Resume", "1")));
        var answer = await app.Source.AskedAsync();
        var run = app.RunAt(stream.Location);

        Callers(app).EndCalls(_ => true);
        await app.RequestBegunAsync();
        await app.RequestEndedAsync();
        time.Advance(TimeSpan.FromSeconds(11));

        await run.Ended.Soon();
        Assert.Equal(RunStatus.Abandoned, run.Status);
        await answer.Cancelled;
    }

    [Fact]
    public async Task EndCalls_WhileTheBodyIsRead_StartsNothing()
    {
        await using var app = await TestApp.StartAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(app.Address.Host, app.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {TestApp.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{{\"prompt\":"));
        await app.RequestBegunAsync();
        while (Callers(app).List().Count == 0) await Task.Yield();

        Assert.Equal(1, Callers(app).EndCalls(_ => true));

        await app.RequestEndedAsync();
        Assert.Equal(0, app.Source.Count);
        Assert.Empty(Callers(app).List());
    }

    /// <summary>The access of a caller may end while the ledger, or a turn in the queue, is waited for.</summary>
    [Fact]
    public async Task StopRuns_WhileARunIsAboutToStart_StopsItAtItsStart()
    {
        var ledger = new HeldLedger();
        await using var app = await TestApp.StartAsync(builder => builder.Services.AddSingleton<IUsageLedger>(ledger), app => app.MapTokenfall(TestApp.Path));
        var started = app.Client.SendAsync(Calls.Post(new { prompt = "hi" }).With("Prefer", "respond-async"));
        await ledger.Asked.Task.Soon();

        Callers(app).StopRuns(_ => true);
        ledger.Answer.SetResult();

        using var response = await started;
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var run = app.RunAt(response.Headers.Location!.ToString());
        await run.Ended.Soon();
        Assert.Equal(RunStatus.Stopped, run.Status);
    }

    [Fact]
    public async Task EndCalls_OfACallThatIsOver_LeavesTheConnectionAlone()
    {
        await using var app = await TestApp.StartAsync();
        app.Source.Answer = (_, writer, _) =>
        {
            writer.Complete("end_turn");
            return Task.CompletedTask;
        };
        using (var first = await EventStream.OfAsync(await app.Client.AskAsync("hi"))) await first.ToEndAsync();
        await app.RequestEndedAsync();

        Assert.Equal(0, Callers(app).EndCalls(_ => true));
    }

    [Fact]
    public async Task StopRuns_OfACaller_StopsWhatItStarted_AlsoWithoutAReader()
    {
        await using var app = await SignedIn.StartAsync();
        using var detached = await app.Client.SendAsync(Calls.Post(new { prompt = "hi" }).AsProgram("ada").With("Prefer", "respond-async"));
        var toAda = await app.Source.AskedAsync();
        using var bob = await EventStream.OfAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("bob")));
        var toBob = await app.Source.AskedAsync();

        Assert.Equal(1, Callers(app).StopRuns(Is("ada")));

        await toAda.Cancelled;
        toBob.Finish();
        Assert.Equal("done", (await bob.ToEndAsync())[^1].Event);
    }

    [Fact]
    public async Task StopRuns_OfACallerThatOnlyAttached_StopsNothing()
    {
        await using var app = await TestApp.StartAsync(
            builder => builder.Services.AddAuthorization(),
            app =>
            {
                // One account, by two keys.
                app.Use((context, next) =>
                {
                    context.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "ada"), new("key", context.Request.Headers["Key"].ToString())], "test"));
                    return next(context);
                });
                app.MapTokenfall(TestApp.Path);
            });
        var key = Guid.NewGuid().ToString();
        using var started = await EventStream.OfAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Idempotency-Key", key).With("Key", "1")));
        var answer = await app.Source.AskedAsync();
        using var attached = await EventStream.OfAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).With("Idempotency-Key", key).With("Key", "2")));

        Assert.Equal(0, Callers(app).StopRuns(caller => caller.HasClaim("key", "2")));

        answer.Finish();
        Assert.Equal("done", (await attached.ToEndAsync())[^1].Event);
    }

    [Fact]
    public async Task List_NamesNobodyWhenEverythingIsOver()
    {
        await using var app = await SignedIn.StartAsync();
        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(Calls.Post(new { prompt = "hi" }).AsProgram("ada")));
        var answer = await app.Source.AskedAsync();
        // As a reader, and as who started the run.
        Assert.Equal(2, Callers(app).List().Count(caller => Is("ada")(caller)));

        answer.Finish();
        await stream.ToEndAsync();
        await app.RequestBegunAsync();
        await app.RequestEndedAsync();

        await Task.Run(async () =>
        {
            while (Callers(app).List().Count > 0) await Task.Yield();
        }).Soon();
    }

    private static ActiveCallers Callers(TestApp app) => app.Services.GetRequiredService<ActiveCallers>();

    private static Func<ClaimsPrincipal, bool> Is(string user) => caller => caller.FindFirstValue(ClaimTypes.NameIdentifier) == user;

    private sealed class HeldLedger : IUsageLedger
    {
        public TaskCompletionSource Asked { get; } = new();
        public TaskCompletionSource Answer { get; } = new();

        public async ValueTask<Reservation> ReserveAsync(Run run, TokenUsage estimate, CancellationToken cancellationToken)
        {
            Asked.SetResult();
            await Answer.Task;
            return new(run.Id, run.Owner, estimate);
        }

        public ValueTask SettleAsync(Reservation reservation, RunEnd outcome, CancellationToken cancellationToken) => default;
    }
}
