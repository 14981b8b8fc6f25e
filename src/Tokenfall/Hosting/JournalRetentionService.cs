using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Deletes what the journal need not keep any longer, once an hour. Not right after the start, which has more urgent work.</summary>
internal sealed class JournalRetentionService(IRunJournal journal, IOptions<TokenfallOptions> options, TimeProvider time, ILogger<RunManager> logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(5), Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (journal is NoJournal) return;
        await Task.Delay(FirstDelay, time, stoppingToken).ConfigureAwait(false);
        using var timer = new PeriodicTimer(Interval, time);
        do await DeleteExpiredAsync(stoppingToken).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task DeleteExpiredAsync(CancellationToken cancellationToken)
    {
        try
        {
            var runs = 0;
            var days = await journal.ListDaysAsync(cancellationToken).ConfigureAwait(false);
            foreach (var day in JournalRetention.Expired(days, time.GetUtcNow(), options.Value.Journal))
                runs += await journal.DeleteDayAsync(day, cancellationToken).ConfigureAwait(false);
            if (runs > 0) JournalLogging.Deleted(logger, runs);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            JournalLogging.NotDeleted(logger, LoggedException.Of(failure));
        }
    }
}
