namespace Tokenfall.AspNetCore.Tests;

/// <summary>An application that has been asked: the stream is open, and the answer is under the test's hand.</summary>
internal sealed record Asked(TestApp App, EventStream Stream, ScriptedAnswer Answer) : IAsyncDisposable
{
    /// <inheritdoc cref="TestApp.StartAsync(Action{AppOptions}, TimeProvider)"/>
    public static async Task<Asked> StartAsync(Action<AppOptions>? options = null, TimeProvider? time = null)
    {
        var app = await TestApp.StartAsync(options, time);
        var stream = await EventStream.OfAsync(await app.Client.AskAsync("hi"));
        return new Asked(app, stream, await app.Source.AskedAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Stream.Dispose();
        await App.DisposeAsync();
    }
}
