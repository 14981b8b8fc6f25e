using Tokenfall.Testing.Calls;

namespace Tokenfall.Testing.Connections;

/// <summary>Counts the open connections. Thread-safe.</summary>
internal sealed class ConnectionCount
{
    private readonly ChangeSignal _changed = new();
    private int _open;

    internal int Open => Volatile.Read(ref _open);

    internal void Opened() => Change(+1);

    internal void Closed() => Change(-1);

    internal async Task WaitForAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _changed.Next;
            if (Open == count)
                return;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Change(int by)
    {
        Interlocked.Add(ref _open, by);
        _changed.Raise();
    }
}
