namespace Tokenfall;

/// <summary>What a run holds while it is alive: its place among the live runs, with the scheduler and in the ledger.</summary>
internal sealed class Admission(LiveRuns live, RunTicket ticket) : IDisposable
{
    private int _disposed;

    public RunTicket Ticket => ticket;

    /// <summary>What the ledger has set aside; set once, before the run begins.</summary>
    public Reservation Reservation { get; set; } = null!;

    /// <summary>Gives the places back, once. The reservation is settled when the usage is known.</summary>
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
