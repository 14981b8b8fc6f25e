using System.Diagnostics;
using System.Globalization;
using Tokenfall.Tests;
using Xunit.Abstractions;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Whatever happens between the model and its readers: each reads the model's text, once, and one end.</summary>
public sealed class HttpPropertyTests(ITestOutputHelper output)
{
    private const int Schedules = 300;
    private const int AtOnce = 6;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Readers_UnderRandomCutsStopsAndFaults_AllReadTheModelsTextOnce()
    {
        var seed = Random.Shared.Next(int.MaxValue - Schedules);
        output.WriteLine($"seed {seed}");
        var schedules = Enumerable.Range(0, Schedules).Select(i => new Schedule(seed + i)).ToArray();
        await using var app = await TestApp.StartAsync(ManualClock.PatientUpstream, _time);
        app.Source.Answer = (request, run, cancellationToken) =>
            schedules[int.Parse(request.Messages[^1].Text, CultureInfo.InvariantCulture)].AnswerAsync(run, cancellationToken);
        await using var proxy = new CuttingProxy(app.Address);
        var cuts = new Random(seed);
        // A third of the connections are left alone; the others live for up to 3,000 bytes, headers included.
        proxy.Budget = () => cuts.Next(3) == 0 ? int.MaxValue : cuts.Next(3000);
        using var client = app.NewClient(through: proxy.Address);
        // A fresh connection for each request: one that is left alone would serve everybody.
        client.DefaultRequestHeaders.ConnectionClose = true;

        await Parallel.ForAsync(0, Schedules, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            try
            {
                await RunAsync(app, client, schedules[i], i.ToString(CultureInfo.InvariantCulture));
            }
            catch
            {
                output.WriteLine($"schedule {seed + i} failed");
                throw;
            }
        });

        output.WriteLine($"{proxy.Connections} connections");
        Assert.InRange(proxy.Connections, 2 * Schedules, int.MaxValue);
        Assert.Equal((Schedules, 0), (app.Source.Count, app.Runs.Count));
        await EveryTimerIsGoneAsync();
    }

    // Retention is the last one; the server may still be busy with connections that were cut.
    private async Task EveryTimerIsGoneAsync()
    {
        for (var patience = Stopwatch.StartNew(); _time.ActiveTimers > 0; await Task.Yield())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), $"{_time.ActiveTimers} timers are left.");
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static async Task RunAsync(TestApp app, HttpClient client, Schedule schedule, string prompt)
    {
        var readers = new List<PersistentReader> { new(client, prompt, null, 0, schedule.Random) };
        var others = new List<Task>();
        var first = readers[0];
        await first.ReadAsync(async () =>
        {
            if (first.Frames.Count == schedule.StopAfter) (await app.Client.DeleteAsync(first.Location)).Dispose();
            if (others.Count == schedule.SecondReaders) return;
            var second = new PersistentReader(client, prompt, first.Location, schedule.Random.Next(first.Frames[^1].Number), new Random(others.Count));
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
