namespace Tokenfall.AspNetCore;

/// <summary>The responses being written, so that a shutdown can shorten the timeouts of stalled readers.</summary>
internal sealed class ActiveResponses
{
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<ResponseDeadlines> _responses = [];
    private bool _shortened;

    /// <summary>Registers a response until the returned value is disposed.</summary>
    public IDisposable Add(ResponseDeadlines response)
    {
        lock (_lock)
        {
            _responses.Add(response);
            if (_shortened) response.ShortenTimeouts(LastFlush);
        }
        return new Registration(this, response);
    }

    /// <summary>Resets every reader that does not accept its last bytes within a second. Call it when all runs have ended.</summary>
    public void ShortenTimeouts()
    {
        lock (_lock)
        {
            _shortened = true;
            foreach (var response in _responses) response.ShortenTimeouts(LastFlush);
        }
    }

    private sealed class Registration(ActiveResponses active, ResponseDeadlines response) : IDisposable
    {
        public void Dispose()
        {
            lock (active._lock) active._responses.Remove(response);
        }
    }
}
