namespace Tokenfall.Tests;

public class LimitSchedulerStressTests
{
    private const int MaxRuns = 7;
    private const int MaxRunsPerOwner = 3;
    private static readonly string[] Owners = ["ann", "bob", "eve", Owner.Anonymous];

    private readonly LimitScheduler _scheduler = new(Options.Create(new TokenfallOptions { Limits = { MaxRuns = MaxRuns, MaxRunsPerOwner = MaxRunsPerOwner } }));
    private readonly int[] _live = new int[Owners.Length];
    private int _all;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Limits_UnderParallelCallers_HoldAtEveryInstant(int seed)
    {
        var callers = Enumerable.Range(0, 12).Select(i => Task.Run(() => Call(new Random(seed * 100 + i))));

        var granted = await Task.WhenAll(callers).WaitAsync(TestRuns.Bound);

        Assert.All(granted, count => Assert.True(count > 0, $"seed {seed}: a caller never got in"));
        Assert.Equal(0, _scheduler.InUse);
    }

    private int Call(Random random)
    {
        var granted = 0;
        for (var i = 0; i < 3000; i++)
        {
            var owner = random.Next(Owners.Length);
            try
            {
                using var lease = _scheduler.Accept(Owners[owner]);
                granted++;
                var (all, ofOwner) = (Interlocked.Increment(ref _all), Interlocked.Increment(ref _live[owner]));
                Assert.InRange(all, 1, MaxRuns);
                Assert.InRange(_scheduler.InUse, 1, MaxRuns);
                if (Owners[owner] != Owner.Anonymous) Assert.InRange(ofOwner, 1, MaxRunsPerOwner);
                if (random.Next(3) == 0) Thread.Yield();
                Interlocked.Decrement(ref _live[owner]);
                Interlocked.Decrement(ref _all);
            }
            catch (AdmissionException)
            {
                Thread.Yield();
            }
        }
        return granted;
    }
}
