using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Runs that another process began, read from a journal.</summary>
public sealed class RecoveredRunTests
{
    private readonly TestJournal _journal = new();

    [Fact]
    public async Task FinishedRun_OfAnotherProcess_IsReadToItsEnd()
    {
        var location = await AnswerAsync();

        Assert.Equal(["start", "delta", "done"], (await ReadAsync(location)).Select(frame => frame.Event));
    }

    [Fact]
    public async Task Reader_ThatIsAheadOfWhatTheJournalKept_GetsTheEnd()
    {
        _journal.LosesEnds = true;
        var location = await AnswerAsync();

        var frame = Assert.Single(await ReadAsync($"{location}?after=57"));

        Assert.Equal(("error", "interrupted"), (frame.Event, frame.Json.GetProperty("code").GetString()));
    }

    private async Task<string> AnswerAsync()
    {
        await using var app = await StartAsync();
        using var response = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        answer.Say("a");
        answer.Finish();
        using var stream = await EventStream.OfAsync(response);
        await stream.ToEndAsync();
        var location = response.Headers.Location!.ToString();
        await app.RunAt(location).Ended.Soon();
        return location;
    }

    private async Task<List<Frame>> ReadAsync(string location)
    {
        await using var app = await StartAsync();
        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(location));
        return await stream.ToEndAsync();
    }

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        builder => builder.Services.Replace(ServiceDescriptor.Singleton<IRunJournal>(_journal)), app => app.MapTokenfall(TestApp.Path));
}
