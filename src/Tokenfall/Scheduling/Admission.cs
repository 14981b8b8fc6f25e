namespace Tokenfall;

/// <summary>What a run holds while it is alive: its entry among the live runs, its ticket and its reservation.</summary>
internal sealed class Admission(LiveRuns live, RunTicket ticket) : IDisposable
{
    private int _disposed;

    public RunTicket Ticket => ticket;

    /// <summary>The tokens reserved in the ledger; set once, before the run starts.</summary>
    public Reservation Reservation { get; set; } = null!;

    /// <summary>Releases the ticket and the entry, once. The reservation is settled later, when the usage is known.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        try
        {
            // First, so that the count never passes the scheduler's limit.
            live.Remove();
        }
        finally
        {
            ticket.Dispose();
        }
    }
}
