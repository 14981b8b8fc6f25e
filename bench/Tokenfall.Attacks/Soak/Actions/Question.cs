using System.Text;
using Tokenfall.Attacks.Floods;
using Tokenfall.Bench.Load;
using Tokenfall.Load;

namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>A question, and the connections that read its answer.</summary>
internal sealed class Question(SoakWorld world, AnswerCheck check) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private StreamClient? _client;
    private Task<StreamEnd> _reading = Task.FromResult(StreamEnd.Aborted);

    /// <summary>Asks, and begins to read.</summary>
    public void Ask() => Open(HttpText.Ask("go", world.Key));

    /// <summary>Reads on from the last event.</summary>
    public void Resume() => Open(Encoding.ASCII.GetBytes(
        $"GET {Requests.Path}/{check.Run} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {world.Key}\r\nLast-Event-ID: {check.LastId}\r\n\r\n"));

    /// <summary>Cuts the connection.</summary>
    public async Task CutAsync()
    {
        _client!.Abort();
        await _reading;
    }

    /// <summary>Reads to the end of the response.</summary>
    public async Task EndAsync()
    {
        try
        {
            var end = await _reading.WaitAsync(Limit, TimeProvider.System);
            if (check.Refusal is null && check.Problem is null && (end != StreamEnd.Clean || !check.IsOver)) check.Wrong($"a response ended {end}, {(check.IsOver ? "after" : "before")} the end of its answer");
        }
        catch (TimeoutException)
        {
            check.Wrong($"an answer has not ended after {Limit}");
            await CutAsync();
        }
    }

    /// <summary>Waits for as many tokens as were wanted, or the end.</summary>
    public Task ReachedAsync() => Task.WhenAny(check.Reached, _reading);

    /// <summary>Stops the run.</summary>
    public async Task StopAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Requests.Path}/{check.Run}");
        request.Headers.Authorization = new("Bearer", world.Key);
        world.Count($"stop {await world.Caller.SendAsync(request, CancellationToken.None)}");
    }

    /// <summary>Tells the world how it went.</summary>
    public void Report(string name)
    {
        if (check.Problem is { } problem) world.Wrong($"{name}: {problem}");
        world.Count(check.Refusal is { } refusal ? $"refused: {refusal.Split('\n')[0]}" : name);
    }

    public void Dispose() => _client?.Dispose();

    private void Open(byte[] request)
    {
        _client?.Dispose();
        _client = new StreamClient(world.EndPoint, new FrameScanner(check));
        _reading = _client.RunAsync(request);
    }
}
