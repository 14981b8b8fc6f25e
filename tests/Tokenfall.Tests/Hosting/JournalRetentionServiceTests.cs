using Microsoft.Extensions.Logging;

namespace Tokenfall.Tests;

public sealed class JournalRetentionServiceTests : IDisposable
{
    private readonly TestClock _time = new();
    private readonly TestJournal _journal = new();
    private readonly FakeLogger<RunManager> _logger = new();
    private readonly JournalRetentionService _service;

    public JournalRetentionServiceTests() => _service = new(_journal, Options.Create(new TokenfallOptions()), _time, _logger);

    [Fact]
    public async Task SomeMinutesAfterTheStart_WhatIsTooOldIsDeleted()
    {
        var run = await EndedAsync();
        _time.Advance(TimeSpan.FromDays(9));
        await StartedAsync();
        Assert.NotNull(await FindAsync(run));

        _time.Advance(TimeSpan.FromMinutes(5));
        await _logger.Collector.SaidAsync("Deleted from the journal");

        Assert.Null(await FindAsync(run));
    }

    [Fact]
    public async Task EachHour_WhatHasBecomeTooOldIsDeleted()
    {
        await StartedAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        await _time.WaitForTimersAsync(1);
        var run = await EndedAsync();

        // The first hour finds it young, and a later one does not.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await FindAsync(run));
        for (var hours = 0; hours < 9 * 24; hours++) _time.Advance(TimeSpan.FromHours(1));
        await _logger.Collector.SaidAsync("Deleted from the journal");

        Assert.Null(await FindAsync(run));
    }

    [Fact]
    public async Task JournalThatFails_IsSaid_AndTriedAgain()
    {
        await EndedAsync();
        _time.Advance(TimeSpan.FromDays(9));
        await StartedAsync();
        _journal.Fails = true;
        _time.Advance(TimeSpan.FromMinutes(5));
        await _logger.Collector.SaidAsync("What the journal need not keep any longer cannot be deleted");
        _journal.Fails = false;

        _time.Advance(TimeSpan.FromHours(1));

        await _logger.Collector.SaidAsync("Deleted from the journal");
        Assert.Single(_logger.Collector.Problems());
    }

    public void Dispose() => _service.Dispose();

    private async Task StartedAsync()
    {
        await _service.StartAsync(CancellationToken.None);
        await _time.WaitForTimersAsync(1);
    }

    private async Task<RunId> EndedAsync()
    {
        var run = new RunRecord(RunId.New(), "ann", "/ask/stream", "request", _time.GetUtcNow());
        await _journal.CreateAsync(run, CancellationToken.None);
        await _journal.AppendAsync([new RunSegment(run.Id, 2, [new(EventKind.Done, 0, 0)], default) { End = new RunEnd { Status = RunStatus.Done } }], CancellationToken.None);
        return run.Id;
    }

    private async Task<RunRecord?> FindAsync(RunId run) => await _journal.FindAsync(run, CancellationToken.None);
}
