namespace Tokenfall;

/// <summary>What a run holds while it is alive: its place among the live runs, with the scheduler and in the ledger.</summary>
internal sealed class Admission(LiveRuns live, RunTicket ticket, Reservation reservation) : IDisposable
{
    private int _disposed;

    public RunTicket Ticket => ticket;

    public Reservation Reservation => reservation;

    /// <summary>Gives the places back, once. The reservation is settled when the usage is known.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        try
        {
            ticket.Dispose();
        }
        finally
        {
            live.Remove();
        }
    }
}
