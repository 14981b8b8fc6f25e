using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Tokenfall.AspNetCore;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Accounts;

/// <summary>
/// Ends what callers have open when their access ends, whoever ended it: a sign-out here, or a command in another process. The responses
/// of an ended session or a revoked key are reset; the runs of a revoked key, and all of a disabled or removed account, are stopped.
/// </summary>
/// <remarks>It compares what is open to the store, and only after the store was changed. Nothing has to tell it, and a token costs nothing.</remarks>
internal sealed partial class AccessWatcher(
    ActiveCallers callers, IDatabase database, IServiceScopeFactory scopes, TimeProvider time, ILogger<AccessWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private long? _version;
    private bool _again;
    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await WatchAsync(stoppingToken);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var version = await database.ReadVersionAsync(cancellationToken);
            var changed = version != _version;
            if (changed || _again) await CheckAsync(cancellationToken);
            _version = version;
            // Once more: a call may have been authenticated just before the change, and be open just after the check.
            _again = changed;
            _failing = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _version = null;
            if (!_failing) LogFailure(e);
            _failing = true;
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var active = callers.List();
        if (active.Count == 0) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TokenfallDb>();

        var sessions = active.Select(CallerClaims.SessionId).OfType<int>().ToHashSet();
        sessions.ExceptWith(await db.Sessions.Valid(time.GetUtcNow()).Where(session => sessions.Contains(session.Id)).Select(session => session.Id).ToListAsync(cancellationToken));
        var keys = active.Select(CallerClaims.KeyId).OfType<int>().ToHashSet();
        keys.ExceptWith(await db.ApiKeys.Valid().Where(key => keys.Contains(key.Id)).Select(key => key.Id).ToListAsync(cancellationToken));
        var accounts = active.Select(CallerClaims.AccountId).OfType<string>().ToHashSet();
        accounts.ExceptWith(await db.Users.Enabled().Where(account => accounts.Contains(account.Id)).Select(account => account.Id).ToListAsync(cancellationToken));

        var calls = callers.EndCalls(caller => IsIn(sessions, caller.SessionId()) || IsIn(keys, caller.KeyId()));
        var runs = callers.StopRuns(caller => IsIn(keys, caller.KeyId()) || (caller.AccountId() is { } account && accounts.Contains(account)));
        if (calls + runs > 0) LogEnded(calls, runs);
    }

    private static bool IsIn(HashSet<int> ended, int? id) => id is { } number && ended.Contains(number);

    [LoggerMessage(1, LogLevel.Information, "Access has ended: {Calls} open responses were reset, and {Runs} runs stopped.")]
    private partial void LogEnded(int calls, int runs);

    [LoggerMessage(2, LogLevel.Warning, "The store cannot be read, so responses stay open whose session or key may have ended. It is tried again until it can be read.")]
    private partial void LogFailure(Exception exception);
}
