using Tokenfall.Cli.Doctor.Patterns;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>Takes all measurements at one hop.</summary>
/// <param name="client">Reads probes.</param>
/// <param name="places">Bounds the streams that are timed at once, over all hops: too many would disturb each other.</param>
/// <param name="watch">How long the silent and the heart-beating stream are watched.</param>
/// <param name="keySent">Whether a key was given.</param>
/// <param name="steps">Told of everything that is found out.</param>
/// <param name="time">The clock.</param>
internal sealed class PathProbe(ProbeClient client, SemaphoreSlim places, TimeSpan watch, bool keySent, Action<Step> steps, TimeProvider time)
{
    private const int Crowd = 7;

    /// <summary>A first look: whether there is a probe to read at all. It may have to wake the application.</summary>
    public async Task<Recording> LookAsync(Hop hop, CancellationToken cancellationToken) =>
        await client.ReadAsync(hop.Probe, ProbeVariant.PlainFor(hop.Url), new() { Interval = 10, Count = 1, Patience = 10_000 }, cancellationToken: cancellationToken);

    /// <summary>Everything else.</summary>
    public async Task<Evidence> ExamineAsync(Hop hop, Recording first, CancellationToken cancellationToken)
    {
        if (!first.IsStream) return new Evidence(hop) { First = first, KeySent = keySent };
        using var inquiry = new ProbeInquiry(client, hop, time);
        var idle = IdleAsync(hop, cancellationToken);
        var abort = AbortAsync(hop, inquiry, cancellationToken);
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
            Crowd = variants.Any(IsWhole) ? await CrowdAsync(hop, cancellationToken) : null,
            Abort = await abort,
            Idle = await idle,
        };
    }

    // What looks wrong is looked at again, and the better of both counts: a busy moment does not come twice, a hop's habit does.
    private async Task<VariantResult> VariantAsync(Hop hop, ProbeVariant variant, CancellationToken cancellationToken)
    {
        var result = await OnceAsync(hop, variant, new(), cancellationToken);
        if ((!IsWhole(result) || result.Pattern.Kind != Arrivals.Live) && IsWorthAnotherLook(result.Recording))
        {
            var again = await OnceAsync(hop, variant, new(), cancellationToken);
            if (IsWhole(again) && (!IsWhole(result) || again.Pattern.Kind < result.Pattern.Kind)) result = again;
        }
        Tell(hop, variant.ToString(), result.Recording.IsStream ? Words.Of(result.Pattern, result.Recording) : Words.Of(result.Recording));
        return result;
    }

    // To wait in vain once more would tell nothing new.
    private static bool IsWorthAnotherLook(Recording recording) => !recording.NotOffered && recording.Ending != Ending.Left;

    private static bool IsWhole(VariantResult result) => result.Recording is { IsStream: true, Ending: Ending.Complete };

    private async Task<VariantResult> OnceAsync(Hop hop, ProbeVariant variant, ProbeRequest request, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            var recording = await client.ReadAsync(hop.Probe, variant, request, cancellationToken: cancellationToken);
            return new(recording, PatternReader.Read(recording));
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<IdleResult> IdleAsync(Hop hop, CancellationToken cancellationToken)
    {
        var silence = (int)watch.TotalMilliseconds;
        var plain = ProbeVariant.PlainFor(hop.Url);
        var silent = client.ReadAsync(hop.Probe, plain, new() { Silence = silence, Count = 0 }, cancellationToken: cancellationToken);
        var beating = client.ReadAsync(hop.Probe, plain, new() { Silence = silence, Count = 0, Heartbeat = 1000 }, cancellationToken: cancellationToken);
        var result = new IdleResult(await silent, await beating);
        Tell(hop, "silent stream", Words.Of(result.Silent));
        Tell(hop, "stream with heartbeats", Words.Of(result.Beating));
        return result;
    }

    private async Task<AbortResult> AbortAsync(Hop hop, ProbeInquiry inquiry, CancellationToken cancellationToken)
    {
        var result = await new AbortProbe(client, time).RunAsync(hop, inquiry, cancellationToken);
        Tell(hop, "leaving", result.Seen switch { true => $"noticed after {result.DelayMs:0} ms", false => "not noticed", null => "could not be asked about" });
        return result;
    }

    private async Task<CacheResult> CacheAsync(Hop hop, CancellationToken cancellationToken)
    {
        // The same name, so the same address.
        var request = new ProbeRequest { Interval = 100, Count = 2 };
        var plain = ProbeVariant.PlainFor(hop.Url);
        var first = await client.ReadAsync(hop.Probe, plain, request, cancellationToken: cancellationToken);
        var result = new CacheResult(first, await client.ReadAsync(hop.Probe, plain, request, cancellationToken: cancellationToken));
        Tell(hop, "the same address again", result.First.Hello?.Nonce == result.Second.Hello?.Nonce ? "the same answer" : "answered anew");
        return result;
    }

    private async Task<CrowdResult> CrowdAsync(Hop hop, CancellationToken cancellationToken)
    {
        var result = await CrowdOnceAsync(hop, cancellationToken);
        if (result.Together < Crowd) result = await CrowdOnceAsync(hop, cancellationToken);
        Tell(hop, $"{Crowd} streams at once", $"{result.Together} together");
        return result;
    }

    private async Task<CrowdResult> CrowdOnceAsync(Hop hop, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var plain = ProbeVariant.PlainFor(hop.Url);
        var streams = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(async _ =>
        {
            var startMs = time.GetElapsedTime(began).TotalMilliseconds;
            var recording = await client.ReadAsync(hop.Probe, plain, new() { Interval = 250, Count = 6 }, cancellationToken: cancellationToken);
            return (StartMs: startMs, Recording: recording);
        }));
        var served = streams.Where(stream => stream.Recording.Frames.Count > 0).ToList();
        if (served.Count == 0) return new(Crowd, 0, streams[0].Recording.Failure);
        var firstEndMs = served.Min(stream => stream.StartMs + stream.Recording.EndedMs);
        // The application stamps when it sent: a hop that collects lets all of them through together nevertheless.
        var together = served.Count(stream => stream.StartMs + stream.Recording.EndedMs - stream.Recording.Request.DurationMs < firstEndMs);
        var refused = streams.FirstOrDefault(stream => stream.Recording.Frames.Count == 0).Recording;
        return new(Crowd, together, refused is null ? null : refused.Status is { } status ? $"HTTP {status}" : refused.Failure);
    }

    private void Tell(Hop hop, string what, string result) => steps(new(hop, what, result));
}
