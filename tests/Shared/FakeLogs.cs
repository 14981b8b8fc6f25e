using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Tokenfall.Tests;

/// <summary>Reads what was logged as an operator does.</summary>
internal static class FakeLogs
{
    /// <summary>The line with the exception below it.</summary>
    public static string Text(this FakeLogRecord record) => $"{record.Level}: {record.Message} {record.Exception}";

    /// <summary>All lines.</summary>
    public static string Text(this FakeLogCollector log) => string.Join('\n', log.GetSnapshot().Select(Text));

    /// <summary>Warnings and worse.</summary>
    public static IEnumerable<FakeLogRecord> Problems(this FakeLogCollector log) => log.GetSnapshot().Where(record => record.Level >= LogLevel.Warning);

    /// <summary>Whether there is a line of this level with these words in it.</summary>
    public static bool Has(this FakeLogCollector log, LogLevel level, string words) =>
        log.GetSnapshot().Any(record => record.Level == level && record.Text().Contains(words, StringComparison.Ordinal));

    /// <summary>Completes when there is a line that begins so.</summary>
    public static async Task SaidAsync(this FakeLogCollector log, string beginning)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        await foreach (var record in log.GetLogsAsync(limit.Token))
        {
            if (record.Message.StartsWith(beginning, StringComparison.Ordinal)) return;
        }
    }
}
