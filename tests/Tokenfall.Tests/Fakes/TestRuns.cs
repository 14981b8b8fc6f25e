using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tokenfall.Tests;

/// <summary>What most tests need to make a run and to read it.</summary>
internal static class TestRuns
{
    /// <summary>How long a test waits for what must happen: a bound for hangs, never a pace.</summary>
    public static readonly TimeSpan Bound = Waiting.Limit;

    public static readonly ModelRequest Request = new([new ChatMessage(ChatRole.User, "Hello")], new ChatOptions { MaxOutputTokens = 1000 });

    /// <summary>A run without an executor: the test writes the log itself.</summary>
    public static Run Bare(DisconnectPolicy policy = DisconnectPolicy.Continue, TimeProvider? time = null, TokenfallOptions? options = null) =>
        new(RunRecord.Of(new RunRequest(CallbackSource.Silent(), Request, "ann"), time ?? new FakeTimeProvider()), policy, options ?? new TokenfallOptions(), time ?? new FakeTimeProvider());

    /// <summary>Without what stands around a run: no second attempt, no retention, no limit. Tests of those say so.</summary>
    public static TokenfallOptions Plain => new() { RetentionBytes = 0, Limits = { MaxRunsPerOwner = int.MaxValue }, Upstream = { MaxAttempts = 1 } };

    /// <summary>Named here, so that tests of the timeouts do not depend on the defaults.</summary>
    public static UpstreamOptions Timeouts => new()
    {
        FirstContentTimeout = TimeSpan.FromSeconds(60),
        ContentTimeout = TimeSpan.FromSeconds(45),
        TotalTimeout = TimeSpan.FromSeconds(600),
    };

    public static RunManager Manager(TimeProvider? time = null, ILogger<RunManager>? logger = null, TokenfallOptions? options = null) =>
        new(Options.Create(options ?? Plain), time ?? new FakeTimeProvider(), logger ?? NullLogger<RunManager>.Instance);

    /// <summary>In memory a start completes at once.</summary>
    public static Run Start(this RunManager manager, RunRequest request)
    {
        var start = manager.StartAsync(request);
        Assert.True(start.IsCompleted);
        return start.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>In memory a run is found at once.</summary>
    public static Run? Find(this RunManager manager, RunId id, string owner)
    {
        var find = manager.FindAsync(id, owner);
        Assert.True(find.IsCompletedSuccessfully);
        return find.AsTask().GetAwaiter().GetResult();
    }

    public static Run Start(this RunManager manager, IModelSource source) => manager.Start(new RunRequest(source, Request, "ann"));

    public static Run Start(this RunManager manager, Action<RunWriter> script) => manager.Start(new CallbackSource(script));

    public static Task EndedInTime(this Run run) => run.Ended.WaitAsync(Bound);

    public static bool TryRead(this RunLog log, int after, out RunFrame frame) => log.TryRead(after, merge: true, out frame);

    public static void Append(this RunLog log, EventKind kind, string payload) => log.Append(kind, Encoding.UTF8.GetBytes(payload));

    public static string Text(this RunFrame frame) => Encoding.UTF8.GetString(frame.Payload.Span);

    /// <summary>Every event of a log, one frame each.</summary>
    public static List<RunFrame> Frames(this RunLog log)
    {
        var frames = new List<RunFrame>();
        while (log.TryRead(frames.Count == 0 ? 0 : frames[^1].Number, merge: true, out var frame)) frames.Add(frame);
        return frames;
    }

    /// <summary>What the terminal event says.</summary>
    public static RunEnd Terminal(this Run run)
    {
        Assert.True(run.Log.Frames()[^1].Kind.IsTerminal());
        return run.End!;
    }

    public static string String(this JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
