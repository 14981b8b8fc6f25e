namespace Tokenfall;

/// <summary>The right to run. Released once, when the run has ended; a second time does nothing.</summary>
internal sealed class Lease(AdmissionGate gate, string owner) : IDisposable
{
    private int _released;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) gate.Release(owner);
    }
}
