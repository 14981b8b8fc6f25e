namespace Tokenfall.AspNetCore.Tests;

/// <summary>A client that comes back after every cut with the last complete id that it has, in one of the ways there are.</summary>
internal sealed class PersistentReader(HttpClient client, string prompt, string? location, int after, Choices choices)
{
    private readonly string _key = $"key-of-{prompt}-{Guid.NewGuid():N}";

    /// <summary>The number of the event behind which it began.</summary>
    public int After { get; } = after;

    public string? Location { get; private set; } = location;

    public List<Frame> Frames { get; } = [];

    /// <summary>Reads to the terminal event.</summary>
    /// <param name="onFrame">Told after each frame.</param>
    public async Task ReadAsync(Func<Task> onFrame)
    {
        while (Frames.LastOrDefault() is not { IsTerminal: true })
        {
            try
            {
                using var response = await client.StartAsync(Request());
                Location ??= response.Headers.Location?.OriginalString;
                using var stream = await EventStream.OfAsync(response);
                while (await stream.FrameAsync() is { } frame)
                {
                    Frames.Add(frame);
                    await onFrame();
                }
                Assert.True(Frames[^1].IsTerminal, "A response ended cleanly without a terminal event.");
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException)
            {
            }
        }
    }

    private HttpRequestMessage Request()
    {
        var last = Frames.LastOrDefault();
        // A repeat before anything was read attaches by its key.
        if (Location is null) return Calls.Post(new { prompt }).With("Idempotency-Key", _key);
        if (last is null) return new HttpRequestMessage(HttpMethod.Get, $"{Location}?after={After}");
        return choices.Next(3) switch
        {
            0 => Calls.Post(new { prompt }).With("Last-Event-ID", last.Id),
            1 => new HttpRequestMessage(HttpMethod.Get, $"{Location}?after={last.Number}"),
            _ => new HttpRequestMessage(HttpMethod.Get, Location).With("Last-Event-ID", last.Id),
        };
    }
}
