using System.Runtime.CompilerServices;

namespace Tokenfall.AspNetCore.Tests;

public sealed class DelegateSourceTests
{
    private const string Path = "/support/stream";

    [Fact]
    public async Task ScopedService_FirstReaderHasLeft_LivesUntilTheRunHasEnded()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var notes = new Notes();
        await using var app = await StartAsync(
            (Scoped scoped) => SpeakAsync(scoped, goOn.Task),
            builder => builder.Services.AddSingleton(notes).AddScoped<Scoped>());
        using (var first = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Post, Path)))
        {
            notes.Location = first.Headers.Location!.OriginalString;
            using var stream = await EventStream.OfAsync(first);
            await stream.FrameAsync();
            Assert.Equal("before", (await stream.FrameAsync())!.Text);
        }
        await app.RequestEndedAsync();
        using var second = await EventStream.OfAsync(await app.Client.ReadAsync(notes.Location));

        goOn.SetResult();
        var frames = await second.ToEndAsync();

        Assert.Equal("beforeafter", Frame.TextOf(frames));
        await notes.Disposed.Task.Soon();

        static async IAsyncEnumerable<ChatResponseUpdate> SpeakAsync(Scoped scoped, Task goOn)
        {
            yield return Updates.Text(scoped.Say("before"));
            await goOn;
            yield return Updates.Text(scoped.Say("after"));
            yield return Updates.End;
        }
    }

    [Fact]
    public async Task Token_RunIsStopped_ReachesTheDelegate()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await StartAsync((CancellationToken stop) => WaitAsync(cancelled, stop));
        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Post, Path));

        using var stopped = await app.Client.DeleteAsync(response.Headers.Location);

        await cancelled.Task.Soon();

        static async IAsyncEnumerable<ChatResponseUpdate> WaitAsync(TaskCompletionSource cancelled, [EnumeratorCancellation] CancellationToken stop)
        {
            await using var registration = stop.Register(cancelled.SetResult);
            await cancelled.Task;
            yield return Updates.End;
        }
    }

    public static TheoryData<string> Faults => ["before", "while", "null", "service"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Delegate_Fails_IsOneInternalErrorWithoutItsWords(string fault)
    {
        Delegate handler = fault switch
        {
            "before" => IAsyncEnumerable<ChatResponseUpdate> () => throw new InvalidOperationException("secret"),
            "while" => FailAsync,
            "null" => IAsyncEnumerable<ChatResponseUpdate>? () => null,
            _ => (Broken broken) => Updates.None(broken),
        };
        await using var app = await StartAsync(handler, builder => builder.Services.AddScoped<Broken>(_ => throw new InvalidOperationException("secret")));
        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Post, Path)));

        var frames = await stream.ToEndAsync();

        var error = Assert.Single(frames, frame => frame.Event == "error");
        Assert.Same(frames[^1], error);
        Assert.Equal("internal", error.Json.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", stream.Text, StringComparison.Ordinal);

        static async IAsyncEnumerable<ChatResponseUpdate> FailAsync()
        {
            yield return Updates.Text("a");
            await Task.Yield();
            throw new InvalidOperationException("secret");
        }
    }

    [Fact]
    public async Task Delegate_EndsWithoutFinishReason_IsTruncated()
    {
        await using var app = await StartAsync(() => new[] { Updates.Text("Hel") }.ToAsyncEnumerable());
        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Post, Path)));

        var error = (await stream.ToEndAsync())[^1];

        Assert.Equal("truncated", error.Json.GetProperty("code").GetString());
    }

    private static Task<TestApp> StartAsync(Delegate handler, Action<WebApplicationBuilder>? build = null) =>
        TestApp.StartAsync(builder => build?.Invoke(builder), app => app.MapTokenfall(Path, handler));

    private sealed class Notes
    {
        public string Location { get; set; } = "";

        public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Scoped(Notes notes) : IDisposable
    {
        public string Say(string text)
        {
            ObjectDisposedException.ThrowIf(notes.Disposed.Task.IsCompleted, this);
            return text;
        }

        public void Dispose() => notes.Disposed.SetResult();
    }

    private sealed class Broken;
}
