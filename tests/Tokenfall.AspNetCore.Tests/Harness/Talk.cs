namespace Tokenfall.AspNetCore.Tests;

/// <summary>A run in the middle of its answer: <c>start</c>, <c>delta</c> and <c>thinking</c> are there, and its first reader is too.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private readonly HttpResponseMessage _first;

    private Talk(TestApp app, HttpResponseMessage first, ScriptedAnswer answer)
    {
        App = app;
        _first = first;
        Answer = answer;
    }

    public TestApp App { get; }

    public ScriptedAnswer Answer { get; }

    public string Location => _first.Headers.Location!.OriginalString;

    public string Run => Location[(Location.LastIndexOf('/') + 1)..];

    public static async Task<Talk> StartAsync(Action<AppOptions>? options = null)
    {
        var app = await TestApp.StartAsync(options);
        var first = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        answer.Say("a");
        answer.Do(run => run.Reasoning("b"));
        var written = new TaskCompletionSource();
        answer.Do(_ => written.TrySetResult());
        await written.Task.Soon();
        return new Talk(app, first, answer);
    }

    public async Task<EventStream> ReadAsync(string query = "", string? lastEventId = null) =>
        await EventStream.OfAsync(await App.Client.ReadAsync(Location + query, lastEventId));

    public async ValueTask DisposeAsync()
    {
        _first.Dispose();
        await App.DisposeAsync();
    }
}
