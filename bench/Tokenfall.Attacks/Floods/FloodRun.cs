using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tokenfall.Attacks.Floods;

/// <summary>Repeats the steps of a flood at its rate, whatever the server does about it.</summary>
internal sealed class FloodRun(IFlood flood, Victim victim)
{
    private readonly ConcurrentDictionary<string, int> _outcomes = new();
    private long _began;
    private int _next;

    /// <summary>How often each outcome was seen.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    public async Task RunAsync(TimeSpan time)
    {
        using var end = new CancellationTokenSource(time, TimeProvider.System);
        _began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, flood.AtOnce).Select(_ => RepeatAsync(end.Token)));
    }

    private async Task RepeatAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next) - 1;
            var wait = TimeSpan.FromSeconds((double)number / flood.PerSecond) - Stopwatch.GetElapsedTime(_began);
            try
            {
                if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System, cancellationToken);
                Count(await flood.StepAsync(victim, number, cancellationToken));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (HttpRequestException)
            {
                Count("reset");
            }
        }
    }

    private void Count(string outcome) => _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
}
