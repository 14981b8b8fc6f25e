using System.Collections.Concurrent;
using System.Diagnostics;
using Tokenfall.Attacks.Soak.Actions;

namespace Tokenfall.Attacks.Soak;

/// <summary>Begins actions at random, as many a second as make the server as busy as it is to be.</summary>
internal sealed class SoakLoad(SoakWorld world, int seed, double share)
{
    private const double MostASecond = 200;

    private static readonly TimeSpan AdjustPeriod = TimeSpan.FromSeconds(2);

    private static readonly ISoakAction[] Actions =
    [
        new ReadAction(), new CutAction(), new StopAction(), new SignInAction(), new ProbeAction(), new ConnectionsAction(), new LockedStoreAction(),
    ];

    private static readonly ISoakAction[] Urn = [.. Actions.SelectMany(action => Enumerable.Repeat(action, action.Weight))];

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private double _perSecond = 10;
    private int _begun;

    /// <summary>How many actions have begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Begins actions until it is cancelled, then waits for those that have begun.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (adjusted, cpu) = (Stopwatch.GetTimestamp(), world.Server.Cpu);
        while (!cancellationToken.IsCancellationRequested)
        {
            Begin(Urn[_random.Next(Urn.Length)], new Random(_random.Next()));
            try
            {
                // Exponential, as of people who know nothing of each other.
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(1, -Math.Log(1 - _random.NextDouble()) / _perSecond)), TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            if (Stopwatch.GetElapsedTime(adjusted) < AdjustPeriod) continue;
            var used = world.Server.Cpu;
            _perSecond = Math.Clamp(_perSecond * ((used - cpu) / Stopwatch.GetElapsedTime(adjusted) < share ? 1.1 : 0.9), 1, MostASecond);
            (adjusted, cpu) = (Stopwatch.GetTimestamp(), used);
        }
        await Task.WhenAll(_running.Keys);
    }

    private void Begin(ISoakAction action, Random random)
    {
        _begun++;
        world.Model.Script = SoakModel.Draw(random);
        var task = RunAsync(action, random);
        _running[task] = 0;
        _ = task.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task RunAsync(ISoakAction action, Random random)
    {
        try
        {
            await action.RunAsync(world, random);
        }
        // A connection that found no place: scarcity is a part of the soak.
        catch (HttpRequestException refused)
        {
            world.Count($"refused: {refused.HttpRequestError}");
        }
        catch (Exception failure)
        {
            world.Wrong($"{action.GetType().Name}: {failure}");
        }
    }
}
