namespace Tokenfall.FalseAlarms;

/// <summary>Threads that keep every core busy until disposed, in bursts as other work on a machine does.</summary>
internal sealed class CpuLoad : IDisposable
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _end = new();
    private readonly Thread[] _threads;

    public CpuLoad(int threads)
    {
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work))];
        foreach (var thread in _threads) thread.Start();
    }

    public void Dispose()
    {
        _end.Cancel();
        foreach (var thread in _threads) thread.Join();
        _end.Dispose();
    }

    private void Work()
    {
        while (!_end.Token.WaitHandle.WaitOne(Pause))
        {
            var began = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(began) < Burst) Thread.SpinWait(1000);
        }
    }
}
