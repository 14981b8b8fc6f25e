using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Tokenfall.Tests;

/// <summary>What most tests need to make a run and to read it.</summary>
internal static class TestRuns
{
    /// <summary>How long a test waits for what must happen: a bound for hangs, never a pace.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    public static readonly ModelRequest Request = new([new ModelMessage(ModelRole.User, "Hello")], 1000);

    /// <summary>A run without a pump: the test writes the log itself.</summary>
    public static Run Bare(DisconnectPolicy policy = DisconnectPolicy.Continue, TimeProvider? time = null) =>
        new(new RunRequest(CallbackSource.Silent(), Request, "ann"), policy, TimeSpan.FromSeconds(10), time ?? new ManualTimeProvider());

    /// <summary>Without what stands around a run: no second attempt, no retention, no limit. Tests of those say so.</summary>
    public static TokenfallOptions Plain => new() { RetentionBytes = 0, Limits = { MaxRunsPerOwner = int.MaxValue }, Upstream = { MaxAttempts = 1 } };

    public static RunManager Manager(TimeProvider? time = null, RecordingLogger? logger = null, TokenfallOptions? options = null) =>
        new(Options.Create(options ?? Plain), time ?? new ManualTimeProvider(), logger ?? new RecordingLogger());

    public static Run Start(this RunManager manager, IModelSource source) => manager.Start(new RunRequest(source, Request, "ann"));

    public static Run Start(this RunManager manager, Action<RunWriter> script) => manager.Start(new CallbackSource(script));

    public static Task EndedInTime(this Run run) => run.Ended.WaitAsync(Bound);

    public static void Append(this RunLog log, EventKind kind, string payload) => log.Append(kind, Encoding.UTF8.GetBytes(payload));

    public static string Text(this RunFrame frame) => Encoding.UTF8.GetString(frame.Payload.Span);

    /// <summary>Every event of a log, one frame each.</summary>
    public static List<RunFrame> Frames(this RunLog log)
    {
        var frames = new List<RunFrame>();
        while (log.TryRead(frames.Count == 0 ? 0 : frames[^1].Number, out var frame)) frames.Add(frame);
        return frames;
    }

    /// <summary>The last event's payload.</summary>
    public static JsonElement Terminal(this Run run)
    {
        var last = run.Log.Frames()[^1];
        Assert.True(last.Kind.IsTerminal());
        return JsonSerializer.Deserialize<JsonElement>(last.Payload.Span);
    }

    public static string String(this JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
