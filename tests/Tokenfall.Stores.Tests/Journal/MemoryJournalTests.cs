namespace Tokenfall.Stores.Tests;

public sealed class MemoryJournalTests : JournalRules
{
    private protected override IRunJournal Journal { get; } = new TestJournal();

    private protected override Task RestartAsync() => Task.CompletedTask;
}
