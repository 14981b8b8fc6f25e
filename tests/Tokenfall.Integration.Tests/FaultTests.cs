using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Tokenfall.Integration.Tests;

/// <summary>Every fault of the model API ends in exactly one error event, in safe words, and in a log line that has the detail.</summary>
public class FaultTests
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Cases => [.. FaultCase.All.Select(fault => fault.Name)];

    [Theory, MemberData(nameof(Cases))]
    public async Task Fault_OfEachKind_EndsInOneErrorEventAndOneLogLine(string name)
    {
        var expected = FaultCase.All.Single(fault => fault.Name == name);
        var script = ModelScript.Lorem(30) with { Fault = expected.Fault };
        var time = new TestClock();
        await using var model = await ModelServer.StartAsync(new() { ApiKey = FaultCase.Key });
        model.Script = script;
        await using var app = await StartAsync(model.Url, time);
        if (expected.Fault is null)
            await model.DisposeAsync();

        var (response, reader) = await app.AskAsync();
        using var _ = response;
        var events = await ReadAsync(reader, expected, model, time);

        Assert.Equal("start", events[0].Event);
        Assert.Equal(Enumerable.Range(1, events[^1].Number), NumbersCovered(events));
        Assert.All(events.Skip(1).SkipLast(1), e => Assert.Equal("delta", e.Event));
        var text = string.Concat(events.Where(e => e.Event == "delta").Select(e => e.Text));
        Assert.Equal(string.Concat(script.Tokens.Take(expected.Tokens)), text);
        var requestId = AssertError(events[^1], expected, text);
        await app.FirstErrorAsync(TimeLimit);
        AssertLog(app.Log, expected, requestId, model);
        AssertSafe(response, events, expected, model);
        await AssertLeftAsync(app, expected, model);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Fault_OfEachKind_ReadsTheSameAfterwardsFromEveryEvent(string name)
    {
        var expected = FaultCase.All.Single(fault => fault.Name == name);
        var time = new TestClock();
        await using var model = await ModelServer.StartAsync(new() { ApiKey = FaultCase.Key });
        model.Script = ModelScript.Lorem(30) with { Fault = expected.Fault };
        await using var app = await StartAsync(model.Url, time);
        if (expected.Fault is null)
            await model.DisposeAsync();
        var (response, reader) = await app.AskAsync();
        using var _ = response;
        var events = await ReadAsync(reader, expected, model, time);
        var run = events[0].Json.GetProperty("run").GetString()!;

        for (var number = 0; number < events[^1].Number; number++)
        {
            using var resumed = await app.ReadAsync(run, number == 0 ? null : $"{run}.{number}");
            var rest = await new EventStream(await resumed.Content.ReadAsStreamAsync()).ToEndAsync();
            Assert.Equal(TextAfter(number, expected), string.Concat(rest.Where(e => e.Event == "delta").Select(e => e.Text)));
            Assert.Equal(events[^1], rest[^1]);
            Assert.Single(rest, e => e.IsTerminal);
        }

        using var nothing = await app.ReadAsync(run, events[^1].Id);
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
    }

    // Event 1 is the start; event n + 1 is the model's token n.
    private static string TextAfter(int number, FaultCase expected) =>
        string.Concat(ModelScript.Lorem(30).Tokens.Take(expected.Tokens).Skip(Math.Max(0, number - 1)));

    private static Task<App> StartAsync(Uri model, TimeProvider time) => App.StartAsync(services =>
    {
        services.AddSingleton(time);
        // One attempt, so that a fault is seen at once; retries have tests of their own.
        services.AddTokenfall(options => options.Upstream.MaxAttempts = 1)
            .AddAnthropic(options => (options.ApiKey, options.BaseUrl) = (FaultCase.Key, model.ToString()));
    });

    private static async Task<List<Frame>> ReadAsync(EventStream reader, FaultCase expected, ModelServer model, TestClock time)
    {
        var events = new List<Frame>();
        if (expected.Wait > TimeSpan.Zero)
        {
            await model.WaitForCallAsync(1).WaitAsync(TimeLimit);
            for (var tokens = 0; tokens < expected.Tokens;)
            {
                events.Add((await reader.FrameAsync())!);
                tokens = events[^1].Number - 1;
            }

            await time.WaitForTimersAsync(1);
            time.Advance(expected.Wait);
        }

        events.AddRange(await reader.ToEndAsync());
        return events;
    }

    // A frame may cover several events; its id is that of the last.
    private static IEnumerable<int> NumbersCovered(List<Frame> events) =>
        events.SelectMany((e, i) => Enumerable.Range(i == 0 ? 1 : events[i - 1].Number + 1, e.Number - (i == 0 ? 0 : events[i - 1].Number)));

    private static string AssertError(Frame error, FaultCase expected, string text)
    {
        Assert.Equal("error", error.Event);
        Assert.Equal(expected.Code, error.Json.GetProperty("code").GetString());
        Assert.Equal(expected.Retryable, error.Json.GetProperty("retryable").GetBoolean());
        Assert.Equal(expected.RetryAfter, error.Json.TryGetProperty("retry_after", out var wait) ? wait.GetInt32() : null);
        Assert.Equal(text.Length, error.Json.GetProperty("chars").GetInt32());
        Assert.NotEmpty(error.Json.GetProperty("message").GetString()!);
        return error.Json.GetProperty("request_id").GetString()!;
    }

    private static void AssertLog(FakeLogCollector log, FaultCase expected, string requestId, ModelServer model)
    {
        var records = log.GetSnapshot();
        var line = Assert.Single(records, record => record.Level >= LogLevel.Error).Text();
        Assert.Contains($"request {requestId},", line, StringComparison.Ordinal);
        Assert.Contains(expected.Code, line, StringComparison.Ordinal);
        Assert.Contains(expected.Log, line, StringComparison.Ordinal);
        if (expected.Answers)
            Assert.Contains($"upstream request {model.Calls[0].RequestId}.", line, StringComparison.Ordinal);
        Assert.All(records, record => Assert.DoesNotContain(FaultCase.Key, record.Text(), StringComparison.Ordinal));
    }

    private static void AssertSafe(HttpResponseMessage response, List<Frame> events, FaultCase expected, ModelServer model)
    {
        var seen = $"{response.Headers}{response.Content.Headers}{string.Join('\n', events)}";
        Assert.DoesNotContain(FaultCase.Key, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(FaultCase.Plain, seen, StringComparison.Ordinal);
        if (expected.Fault is not null)
            Assert.DoesNotContain(model.Calls[0].RequestId, seen, StringComparison.Ordinal);
    }

    private static async Task AssertLeftAsync(App app, FaultCase expected, ModelServer model)
    {
        Assert.Equal(expected.Fault is null ? 0 : 1, model.Calls.Count);
        foreach (var call in model.Calls)
            await call.Closed.WaitAsync(TimeLimit);
        // A provider that still answers is left at once; a connection that is free may wait for the next run.
        if (expected.Wait > TimeSpan.Zero)
            await model.WaitForOpenConnectionsAsync(0).WaitAsync(TimeLimit);
        await app.DisposeAsync();
        await model.WaitForOpenConnectionsAsync(0).WaitAsync(TimeLimit);
    }
}
