namespace Tokenfall.Server.Tests.Support;

/// <summary>An answer that is being read, and goes on until it is stopped.</summary>
/// <param name="Stream">What its reader gets.</param>
/// <param name="Stopped">Completes when the model is stopped.</param>
internal sealed record OpenAnswer(EventStream Stream, Task Stopped) : IDisposable
{
    /// <summary>Asks, and returns once the first words are there.</summary>
    public static async Task<OpenAnswer> AskAsync(HttpClient client, HeldSource model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask/stream") { Content = JsonContent.Create(new { prompt = "Hello" }) };
        // As the page does.
        request.Headers.Add("Tokenfall-Resume", "1");
        var stream = await EventStream.OfAsync(await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        var stopped = await model.BegunAsync();
        await FirstWordsAsync(stream);
        return new(stream, stopped);
    }

    /// <summary>Reads the same answer once more.</summary>
    public async Task<EventStream> AttachAsync(HttpClient client)
    {
        var stream = await EventStream.OfAsync(await client.GetAsync(Stream.Location, HttpCompletionOption.ResponseHeadersRead));
        await FirstWordsAsync(stream);
        return stream;
    }

    public void Dispose() => Stream.Dispose();

    private static async Task FirstWordsAsync(EventStream stream)
    {
        while (await stream.FrameAsync() is { Event: not "delta" })
        {
        }
    }
}
