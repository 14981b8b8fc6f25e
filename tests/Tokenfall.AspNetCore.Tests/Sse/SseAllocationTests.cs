using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>What a token costs between the source and the response's body, which here allocates nothing itself.</summary>
public sealed class SseAllocationTests
{
    private const int Measured = 1_000;

    private readonly CountedTimers _time = new();
    private readonly CountingBody _body = new();
    private int _timersOfALiveRun;
    private bool _endedEarly;

    [Fact]
    public async Task Delta_WrittenToAResponseAsItComes_AllocatesNothing()
    {
        var cost = await MeasureAsync();

        Assert.Equal(Measured, cost.Flushes);
        // The log doubles its room now and then, but not meanwhile.
        Assert.Equal(0, cost.Growth);
        Assert.Equal(0, cost.Bytes);
    }

    [Fact]
    public async Task Delta_WrittenToAResponseAsItComes_SetsNoTimer()
    {
        var cost = await MeasureAsync();

        Assert.Equal(Measured, cost.Flushes);
        Assert.Equal(0, cost.TimersSet);
        // The model's deadline and the response's.
        Assert.Equal(2, _timersOfALiveRun);
    }

    private async Task<Cost> MeasureAsync()
    {
        var source = new ScriptedSource();
        var opened = new TaskCompletionSource<Opened>(TaskCreationOptions.RunContinuationsAsynchronously);
        Cost cost = default;
        using var runs = new RunManager(Options.Create(new TokenfallOptions()), _time, NullLogger<RunManager>.Instance);
        var others = _time.Made;
        source.Answer = async (_, writer, _) =>
        {
            var (run, reader, response) = await opened.Task;
            // From here on all of it happens on this thread, whose allocations are counted: it wakes the response, which writes and waits again.
            var writing = response.WriteAsync();
            reader.NeverBlocks = true;
            Write(writer, 9_000);
            var before = Now(run);
            Write(writer, Measured);
            cost = Now(run).Since(before);
            _timersOfALiveRun = _time.Made - others;
            _endedEarly = writing.IsCompleted;
        };
        var run = await runs.StartAsync(new RunRequest(source, new ModelRequest([], new()), "anyone"));
        using var reader = run.Read();
        using var deadlines = new ResponseDeadlines(new TokenfallHttpOptions(), canResume: true, _time);
        opened.SetResult(new Opened(run, reader, new SseResponse(Context(), reader, new TokenfallFormatter(run, []), deadlines)));
        await run.Ended.Soon();
        Assert.False(_endedEarly);
        return cost;
    }

    private DefaultHttpContext Context()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(_body);
        return context;
    }

    private Cost Now(Run run) => new(GC.GetAllocatedBytesForCurrentThread(), _body.Flushes, run.Log.Size, _time.Set);

    private static void Write(RunWriter writer, int deltas)
    {
        for (var i = 0; i < deltas; i++)
        {
            writer.BeginBatch();
            writer.Text(" \"token\", ");
            writer.EndBatch();
        }
    }

    private sealed record Opened(Run Run, RunReader Reader, SseResponse Response);

    private readonly record struct Cost(long Bytes, int Flushes, int Growth, int TimersSet)
    {
        public Cost Since(Cost before) =>
            new(Bytes - before.Bytes, Flushes - before.Flushes, Growth - before.Growth, TimersSet - before.TimersSet);
    }
}
