using System.Diagnostics;
using Tokenfall.Tests;

namespace Tokenfall.AspNetCore.Tests;

internal static class ManualClock
{
    // Short enough that a machine under load cannot run through PatientUpstream's days while a socket is still at work.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Lets time pass until something has happened that real sockets take part in, so that no single step can be named.</summary>
    public static async Task AdvanceUntilAsync(this ManualTimeProvider time, Task happened)
    {
        var patience = Stopwatch.StartNew();
        while (!happened.IsCompleted)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "It did not happen, however far the clock went.");
            time.Advance(Step);
            await Task.Yield();
        }
        await happened;
    }

    /// <summary>The model may take its time.</summary>
    public static void PatientUpstream(AppOptions options)
    {
        var longest = TimeSpan.FromHours(23);
        options.Upstream.FirstContentTimeout = longest;
        options.Upstream.ContentTimeout = longest;
        options.Upstream.TotalTimeout = longest;
    }
}
