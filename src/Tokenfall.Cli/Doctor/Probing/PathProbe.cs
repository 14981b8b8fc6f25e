using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Reports;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>Makes all measurements at one hop.</summary>
/// <param name="client">Reads probes.</param>
/// <param name="slots">Limits the streams that are timed at once, over all hops: too many would disturb each other.</param>
/// <param name="watch">How long to watch a silent stream, and one with heartbeats.</param>
/// <param name="keySent">Whether a key is sent.</param>
/// <param name="progress">Receives each result as soon as it is known.</param>
/// <param name="time">The clock.</param>
internal sealed class PathProbe(ProbeClient client, SemaphoreSlim slots, TimeSpan watch, bool keySent, Action<ProbeProgress> progress, TimeProvider time)
{
    private const int ConcurrentStreams = 7;

    /// <summary>Checks whether there is a probe to read at all. The request may have to wake the application.</summary>
    public async Task<Recording> CheckAsync(Hop hop, CancellationToken cancellationToken) =>
        await client.ReadAsync(hop.Probe, ProbeVariant.PlainFor(hop.Url), new() { Interval = 10, Count = 1, ExtraTimeout = 10_000 }, cancellationToken: cancellationToken);

    /// <summary>Makes all measurements.</summary>
    public async Task<Evidence> MeasureAsync(Hop hop, Recording first, CancellationToken cancellationToken)
    {
        if (!first.IsStream) return new Evidence(hop) { First = first, KeySent = keySent };
        using var status = new ProbeStatusClient(client, hop, time);
        var idle = IdleAsync(hop, cancellationToken);
        var abort = AbortAsync(hop, status, cancellationToken);
        var cache = CacheAsync(hop, cancellationToken);
        var bare = OnceAsync(hop, ProbeVariant.PlainFor(hop.Url), new() { Bare = true }, cancellationToken);
        var variants = await Task.WhenAll(ProbeVariant.AllFor(hop.Url).Select(variant => VariantAsync(hop, variant, cancellationToken)));
        return new Evidence(hop)
        {
            First = first,
            KeySent = keySent,
            Variants = variants,
            Bare = await bare,
            Cache = await cache,
            Concurrency = variants.Any(IsWhole) ? await ConcurrencyAsync(hop, cancellationToken) : null,
            Abort = await abort,
            Idle = await idle,
        };
    }

    // A bad result is measured again and the better one counts: a busy moment passes, but a hop behaves the same every time.
    private async Task<VariantResult> VariantAsync(Hop hop, ProbeVariant variant, CancellationToken cancellationToken)
    {
        var result = await OnceAsync(hop, variant, new(), cancellationToken);
        if ((!IsWhole(result) || result.Pattern.Kind != Arrivals.Live) && IsWorthRepeating(result.Recording))
        {
            var again = await OnceAsync(hop, variant, new(), cancellationToken);
            if (IsWhole(again) && (!IsWhole(result) || again.Pattern.Kind < result.Pattern.Kind)) result = again;
        }
        Report(hop, variant.ToString(), result.Recording.IsStream ? ResultText.Of(result.Pattern, result.Recording) : ResultText.Of(result.Recording));
        return result;
    }

    // Waiting in vain once more would show nothing new.
    private static bool IsWorthRepeating(Recording recording) => !recording.NotOffered && recording.Ending != Ending.Left;

    private static bool IsWhole(VariantResult result) => result.Recording is { IsStream: true, Ending: Ending.Complete };

    private async Task<VariantResult> OnceAsync(Hop hop, ProbeVariant variant, ProbeRequest request, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            var recording = await client.ReadAsync(hop.Probe, variant, request, cancellationToken: cancellationToken);
            return new(recording, PatternReader.Read(recording));
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<IdleResult> IdleAsync(Hop hop, CancellationToken cancellationToken)
    {
        var silence = (int)watch.TotalMilliseconds;
        var plain = ProbeVariant.PlainFor(hop.Url);
        var silent = client.ReadAsync(hop.Probe, plain, new() { Silence = silence, Count = 0 }, cancellationToken: cancellationToken);
        var withHeartbeats = client.ReadAsync(hop.Probe, plain, new() { Silence = silence, Count = 0, Heartbeat = 1000 }, cancellationToken: cancellationToken);
        var result = new IdleResult(await silent, await withHeartbeats);
        Report(hop, "silent stream", ResultText.Of(result.Silent));
        Report(hop, "stream with heartbeats", ResultText.Of(result.WithHeartbeats));
        return result;
    }

    private async Task<AbortResult> AbortAsync(Hop hop, ProbeStatusClient status, CancellationToken cancellationToken)
    {
        var result = await new AbortProbe(client, time).RunAsync(hop, status, cancellationToken);
        Report(hop, "disconnect", result.Seen switch { true => $"noticed after {result.DelayMs:0} ms", false => "not noticed", null => "unknown, the application did not answer" });
        return result;
    }

    private async Task<CacheResult> CacheAsync(Hop hop, CancellationToken cancellationToken)
    {
        // The same id, and so the same URL.
        var request = new ProbeRequest { Interval = 100, Count = 2 };
        var plain = ProbeVariant.PlainFor(hop.Url);
        var first = await client.ReadAsync(hop.Probe, plain, request, cancellationToken: cancellationToken);
        var result = new CacheResult(first, await client.ReadAsync(hop.Probe, plain, request, cancellationToken: cancellationToken));
        Report(hop, "the same URL again", result.First.Hello?.Nonce == result.Second.Hello?.Nonce ? "the same response" : "a new response");
        return result;
    }

    private async Task<ConcurrencyResult> ConcurrencyAsync(Hop hop, CancellationToken cancellationToken)
    {
        var result = await ConcurrencyOnceAsync(hop, cancellationToken);
        if (result.Together < ConcurrentStreams) result = await ConcurrencyOnceAsync(hop, cancellationToken);
        Report(hop, $"{ConcurrentStreams} streams at once", $"{result.Together} together");
        return result;
    }

    private async Task<ConcurrencyResult> ConcurrencyOnceAsync(Hop hop, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var plain = ProbeVariant.PlainFor(hop.Url);
        var streams = await Task.WhenAll(Enumerable.Range(0, ConcurrentStreams).Select(async _ =>
        {
            var startMs = time.GetElapsedTime(began).TotalMilliseconds;
            var recording = await client.ReadAsync(hop.Probe, plain, new() { Interval = 250, Count = 6 }, cancellationToken: cancellationToken);
            return (StartMs: startMs, Recording: recording);
        }));
        var served = streams.Where(stream => stream.Recording.Frames.Count > 0).ToList();
        if (served.Count == 0) return new(ConcurrentStreams, 0, streams[0].Recording.Failure);
        var firstEndMs = served.Min(stream => stream.StartMs + stream.Recording.EndedMs);
        // By the timestamps of the application: a buffering hop may serve all of them at once nevertheless.
        var together = served.Count(stream => stream.StartMs + stream.Recording.EndedMs - stream.Recording.Request.DurationMs < firstEndMs);
        var refused = streams.FirstOrDefault(stream => stream.Recording.Frames.Count == 0).Recording;
        return new(ConcurrentStreams, together, refused is null ? null : refused.Status is { } status ? $"HTTP {status}" : refused.Failure);
    }

    private void Report(Hop hop, string what, string result) => progress(new(hop, what, result));
}
