using System.Globalization;
using CsCheck;
using Tokenfall.Sqlite;

namespace Tokenfall.Stores.Tests;

/// <summary>Whatever happens to processes and their store: what a reader saw is the model's text, what ended is stored, nothing is paid for twice.</summary>
/// <remarks>TOKENFALL_SCHEDULES sets how many schedules are run of each kind. A failure prints the seed: set CsCheck_Seed to repeat it.</remarks>
public sealed class JournalScheduleTests : IDisposable
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("TOKENFALL_SCHEDULES"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 60;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [InlineData(JournalVisibility.Immediate)]
    [InlineData(JournalVisibility.Durable)]
    public Task Memory(JournalVisibility visibility) => SampleAsync(choices =>
    {
        IRunJournal journal = new TestJournal();
        return new JournalSchedule(() => Task.FromResult(journal), visibility, choices).RunAsync();
    });

    [Theory]
    [InlineData(JournalVisibility.Immediate)]
    [InlineData(JournalVisibility.Durable)]
    public Task Sqlite(JournalVisibility visibility) => SampleAsync(async choices =>
    {
        using var store = new SqliteStore(Path.Combine(_folder, $"{Guid.NewGuid()}.db"), survivesPowerLoss: false);
        IRunJournal journal = new SqliteJournal(store);
        await new JournalSchedule(() => Task.FromResult(journal), visibility, choices).RunAsync();
    });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A start of a process takes longer with a server: that gets a part of the schedules.
    internal static Task SampleAsync(Func<Choices, Task> run, int part = 1) => Choices.Any.SampleAsync(run, iter: Math.Max(1, Count / part), threads: 2);
}
