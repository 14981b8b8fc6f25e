using System.Collections.Concurrent;
using System.Diagnostics;
using CsCheck;
using Xunit.Abstractions;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Whatever happens between the model and its readers: each reads the model's text, once, and one end.</summary>
public sealed class HttpPropertyTests(ITestOutputHelper output)
{
    private const int Schedules = 300;
    private const int AtOnce = 6;

    private readonly TestClock _time = new();

    [Fact]
    public async Task Readers_UnderRandomCutsStopsAndFaults_AllReadTheModelsTextOnce()
    {
        var connections = 0;
        var schedules = new ConcurrentDictionary<string, Schedule>();
        await using var app = await TestApp.StartAsync(AppOptions.LongUpstreamTimeouts, _time);
        app.Source.Answer = (request, run, cancellationToken) => schedules[request.Messages[^1].Text].AnswerAsync(run, cancellationToken);

        await Schedule.Any.SampleAsync(async schedule =>
        {
            var prompt = Guid.NewGuid().ToString();
            schedules[prompt] = schedule;
            await using var proxy = new CuttingProxy(app.Address) { Budget = schedule.NextBudget };
            using var client = app.NewClient(through: proxy.Address);
            // A fresh connection for each request: one that is left alone would serve everybody.
            client.DefaultRequestHeaders.ConnectionClose = true;
            await RunAsync(app, client, schedule, prompt);
            Interlocked.Add(ref connections, proxy.Connections);
        }, iter: Schedules, threads: AtOnce);

        output.WriteLine($"{connections} connections");
        Assert.InRange(connections, 2 * Schedules, int.MaxValue);
        Assert.Equal((schedules.Count, 0), (app.Source.Count, app.Runs.Count));
        await EveryTimerIsGoneAsync();
    }

    // Retention is the last one; the server may still be busy with connections that were cut.
    private async Task EveryTimerIsGoneAsync()
    {
        for (var watch = Stopwatch.StartNew(); _time.ActiveTimers > 0; await Task.Yield())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{_time.ActiveTimers} timers are left.");
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static async Task RunAsync(TestApp app, HttpClient client, Schedule schedule, string prompt)
    {
        var readers = new List<PersistentReader> { new(client, prompt, null, 0, schedule.Choices) };
        var others = new List<Task>();
        var first = readers[0];
        await first.ReadAsync(async () =>
        {
            if (first.Frames.Count == schedule.StopAfter) (await app.Client.DeleteAsync(first.Location)).Dispose();
            if (others.Count == schedule.SecondReaders) return;
            var second = new PersistentReader(client, prompt, first.Location, schedule.Choices.Next(first.Frames[^1].Number), schedule.Choices);
            readers.Add(second);
            others.Add(second.ReadAsync(() => Task.CompletedTask));
        });
        await Task.WhenAll(others);

        Assert.Equal(schedule.SaidAfter(0).Length, first.Frames[^1].Json.GetProperty("chars").GetInt32());
        Assert.All(readers, reader =>
        {
            Assert.Equal(schedule.SaidAfter(reader.After), Frame.TextOf(reader.Frames));
            Assert.Equal(first.Frames[^1], reader.Frames[^1]);
            Assert.Single(reader.Frames, frame => frame.IsTerminal);
            Assert.Equal(reader.Frames.Select(frame => frame.Number).Order().Distinct(), reader.Frames.Select(frame => frame.Number));
        });
    }
}
