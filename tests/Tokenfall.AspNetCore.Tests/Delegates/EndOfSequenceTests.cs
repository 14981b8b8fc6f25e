using System.Runtime.CompilerServices;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>What ends an answer that nobody declared complete.</summary>
public sealed class EndOfSequenceTests
{
    private const string Path = "/support/stream";

    [Fact]
    public async Task Delegate_OfTexts_EndsDone()
    {
        var last = await LastAsync(app => app.MapTokenfall(Path, (Question question) => Words("Hello, ", question.Text)));

        Assert.Equal(("done", "end_turn", 11), (last.Event, last.Json.GetProperty("stop_reason").GetString(), last.Json.GetProperty("chars").GetInt32()));
    }

    [Fact]
    public async Task TypedHandler_OfTexts_EndsDone()
    {
        var last = await LastAsync(app => app.MapTokenfall(Path, TypedJson.Default.TypedQuestion, (question, _, _) => Words("Hello, ", question.Text)));

        Assert.Equal(("done", 11), (last.Event, last.Json.GetProperty("chars").GetInt32()));
    }

    [Fact]
    public async Task Delegate_OfTextsThatFail_EndsInAnError()
    {
        var last = await LastAsync(app => app.MapTokenfall(Path, (Question _) => FailingAsync()));

        Assert.Equal(("error", "upstream_timeout"), (last.Event, last.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Delegate_OfUpdatesWithoutAFinishReason_IsTruncated()
    {
        var last = await LastAsync(app => app.MapTokenfall(Path, (Question _) => Unfinished()));

        Assert.Equal(("error", "truncated"), (last.Event, last.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Delegate_EndOfSequenceCompletes_EndsDone()
    {
        var last = await LastAsync(app => app.MapTokenfall(Path, (Question _) => Unfinished()).EndOfSequenceCompletes());

        Assert.Equal(("done", "end_turn"), (last.Event, last.Json.GetProperty("stop_reason").GetString()));
    }

    [Fact]
    public async Task OwnChatClient_EndOfSequenceCompletesOnTheEndpoint_EndsDone()
    {
        await using var app = await TestApp.StartAsync(
            builder => builder.Services.AddSingleton<IChatClient>(new FakeChatClient { Stream = _ => Unfinished() }).AddTokenfall().AddChatClient(),
            app => app.MapTokenfall(TestApp.Path).EndOfSequenceCompletes());
        using var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));

        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);
    }

    [Fact]
    public async Task Stop_OfTextsThatJustEnd_IsStopped()
    {
        await using var app = await TestApp.StartAsync(_ => { }, app => app.MapTokenfall(Path, (CancellationToken stop) => UntilStoppedAsync(stop)));
        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Post, Path));
        using var stream = await EventStream.OfAsync(response);

        using var stop = await app.Client.DeleteAsync(response.Headers.Location);

        Assert.Equal("stopped", (await stream.ToEndAsync())[^1].Json.GetProperty("stop_reason").GetString());
    }

    private static async Task<Frame> LastAsync(Action<WebApplication> map)
    {
        await using var app = await TestApp.StartAsync(_ => { }, map);
        using var response = await app.Client.StartAsync(Calls.PostJson("""{"text":"Anna"}""", Path));
        using var stream = await EventStream.OfAsync(response);
        return (await stream.ToEndAsync())[^1];
    }

    private static async IAsyncEnumerable<string> Words(params string[] words)
    {
        await Task.Yield();
        foreach (var word in words) yield return word;
    }

    private static async IAsyncEnumerable<string> FailingAsync()
    {
        yield return "Hel";
        await Task.Yield();
        throw new TimeoutException("slow");
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Unfinished()
    {
        await Task.Yield();
        yield return Updates.Text("Hello");
    }

    private static async IAsyncEnumerable<string> UntilStoppedAsync([EnumeratorCancellation] CancellationToken stop)
    {
        yield return "Hel";
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }
}
