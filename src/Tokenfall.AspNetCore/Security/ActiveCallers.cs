using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>
/// Who has a call open on Tokenfall's endpoints, and who started the runs that are alive. A caller is authenticated once, when a call
/// begins; an application that takes someone's access away ends here what is open already.
/// </summary>
/// <remarks>Thread-safe; a singleton. <c>AddTokenfall()</c> registers it.</remarks>
public sealed class ActiveCallers
{
    private readonly ConcurrentDictionary<ActiveCall, byte> _calls = new();
    private readonly ConcurrentDictionary<Run, ClaimsPrincipal> _starters = new();

    internal ActiveCallers()
    {
    }

    /// <summary>Lists the callers, each as often as it has a call open or a run alive.</summary>
    /// <returns>The users of the requests, as they were when the calls began.</returns>
    public IReadOnlyList<ClaimsPrincipal> List() => [.. _calls.Keys.Select(call => call.User), .. _starters.Values];

    /// <summary>
    /// Resets the open calls of some callers. A client that reconnects is asked to sign in. The runs go on as
    /// <see cref="TokenfallOptions.Disconnect"/> says, with the time that a reader leaves which has said good-bye: others may be reading them.
    /// </summary>
    /// <param name="match">Whether a caller is one of them.</param>
    /// <returns>How many calls were open.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="match"/> is null.</exception>
    public int EndCalls(Func<ClaimsPrincipal, bool> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return _calls.Keys.Count(call => match(call.User) && call.TryEnd());
    }

    /// <summary>Stops the live runs that some callers started. Whoever reads them gets their end.</summary>
    /// <param name="match">Whether a caller is one of them.</param>
    /// <returns>How many runs were alive.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="match"/> is null.</exception>
    public int StopRuns(Func<ClaimsPrincipal, bool> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        // Before the runs: a call that is starting one now either finds this, or has its run in the list.
        foreach (var call in _calls.Keys.Where(call => match(call.User))) call.ForbidStart();
        var stopped = 0;
        foreach (var (run, starter) in _starters)
        {
            if (!match(starter)) continue;
            run.Stop();
            stopped++;
        }
        return stopped;
    }

    /// <summary>Registers a call until the returned value is disposed.</summary>
    internal ActiveCall Add(HttpContext context)
    {
        var call = new ActiveCall(context, this);
        _calls[call] = 0;
        return call;
    }

    internal void Remove(ActiveCall call) => _calls.TryRemove(call, out _);

    /// <summary>Remembers who started a run until it has ended. A caller that only attached to it did not start it.</summary>
    internal void Add(Run run, ActiveCall starter)
    {
        if (!_starters.TryAdd(run, starter.User)) return;
        _ = ForgetAsync(run);
        if (starter.MayNotStart) run.Stop();
    }

    private async Task ForgetAsync(Run run)
    {
        await run.Ended.ConfigureAwait(false);
        _starters.TryRemove(run, out _);
    }
}
