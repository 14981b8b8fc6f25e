using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Tokenfall.Attacks.Floods;
using Tokenfall.Attacks.Soak.Actions;
using Tokenfall.Testing;

namespace Tokenfall.Attacks.Soak;

/// <summary>One soak: load, a sample at each interval, then rest, after which nothing may be left.</summary>
internal sealed class SoakRun(SoakOptions options, string program)
{
    // Longer than anything is kept for a time, and than any model is waited for.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    private readonly List<SoakSample> _samples = [];

    /// <summary>The server at each interval.</summary>
    public IReadOnlyList<SoakSample> Samples => _samples;

    /// <summary>The server at rest, once everything has ended.</summary>
    public SoakSample? AtRest { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="sampled">Called with each sample.</param>
    /// <returns>What came of the actions.</returns>
    public async Task<SoakWorld> RunAsync(Action<SoakSample> sampled)
    {
        await using var model = await ModelServer.StartAsync(new ModelServerOptions { RecordCalls = false });
        await using var server = await SoakServer.StartAsync(program, model.Url);
        using var world = new SoakWorld(server, model, await AccountAsync(server));
        using var end = new CancellationTokenSource(options.Duration, TimeProvider.System);
        var load = new SoakLoad(world, options.Seed, options.Cpu / 100.0);
        var loading = load.RunAsync(end.Token);
        var (began, cpu, begun) = (Stopwatch.GetTimestamp(), server.Cpu, 0);
        for (var number = 1; options.Interval * number <= options.Duration; number++)
        {
            await Task.Delay(Positive(options.Interval * number - Stopwatch.GetElapsedTime(began)), TimeProvider.System);
            var sample = server.Sample() with { At = options.Interval * number, Cpu = (server.Cpu - cpu) / options.Interval * 100, Actions = load.Begun - begun };
            (cpu, begun) = (server.Cpu, load.Begun);
            _samples.Add(sample);
            sampled(sample);
        }
        await loading;
        AtRest = await RestAsync(server);
        await FillAsync(world);
        if (server.Log.Contains("Unhandled exception", StringComparison.Ordinal)) world.Wrong($"the server wrote of an unhandled exception:\n{server.Log}");
        return world;
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private static async Task<Account> AccountAsync(SoakServer server)
    {
        using var caller = new Victim(server.Port, new Account(SoakServer.Email, ""));
        var session = await Antiforgery.SignInAsync(caller);
        using var make = session.Post("/account/keys");
        make.Content = JsonContent.Create(new { name = "soak" });
        using var made = (await caller.Http.SendAsync(make)).EnsureSuccessStatusCode();
        return new Account(SoakServer.Email, (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!);
    }

    /// <returns>The first sample in which nothing runs; the last one where something still does.</returns>
    private static async Task<SoakSample> RestAsync(SoakServer server)
    {
        var began = Stopwatch.GetTimestamp();
        var sample = server.Sample();
        while ((sample.Runs > 0 || sample.Leases > 0) && Stopwatch.GetElapsedTime(began) < Rest)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
            sample = server.Sample();
        }
        return sample;
    }

    // Leases that were not given back are missing now: as many runs as there may be at once must start.
    private static async Task FillAsync(SoakWorld world)
    {
        world.Model.Script = SoakModel.Healthy with { FirstTokenDelay = TimeSpan.FromSeconds(1) };
        var questions = Enumerable.Range(0, SoakServer.MaxRuns).Select(_ => new AnswerCheck()).Select(check => (Check: check, Question: new Question(world, check))).ToList();
        foreach (var (_, question) in questions) question.Ask();
        foreach (var (_, question) in questions) await question.EndAsync();
        foreach (var (_, question) in questions) question.Dispose();
        var refused = questions.Count(one => one.Check.Refusal is not null || one.Check.Problem is not null);
        if (refused > 0) world.Wrong($"{refused} of {SoakServer.MaxRuns} runs could not start at rest: {questions.Select(one => one.Check.Refusal ?? one.Check.Problem).First(words => words is not null)}");
    }
}
