namespace Tokenfall.AspNetCore;

/// <summary>The responses that are being written, for the moment when the server goes away.</summary>
internal sealed class OpenResponses
{
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<SseClock> _clocks = [];
    private bool _hurry;

    /// <summary>Lists a response until the returned value is disposed.</summary>
    public IDisposable Add(SseClock clock)
    {
        lock (_lock)
        {
            _clocks.Add(clock);
            if (_hurry) clock.Hurry(LastFlush);
        }
        return new Listing(this, clock);
    }

    /// <summary>Every run has ended: who does not take the last bytes within a second is reset, so that the process can leave.</summary>
    public void Hurry()
    {
        lock (_lock)
        {
            _hurry = true;
            foreach (var clock in _clocks) clock.Hurry(LastFlush);
        }
    }

    private sealed class Listing(OpenResponses open, SseClock clock) : IDisposable
    {
        public void Dispose()
        {
            lock (open._lock) open._clocks.Remove(clock);
        }
    }
}
