namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>Whether and when the application noticed that a reader had disconnected. Times in milliseconds.</summary>
/// <param name="Seen">Whether the application noticed before it had sent everything; null when it could not be asked.</param>
/// <param name="DelayMs">From the disconnect until it was noticed; when it never was, how long it was watched.</param>
/// <param name="Writes">How many events the application sent in between.</param>
/// <param name="EndedMs">When the probe ended, on its own clock.</param>
internal sealed record AbortResult(bool? Seen, double DelayMs, int Writes, double EndedMs);

/// <summary>Disconnects from a stream and asks, on another connection, when the application noticed.</summary>
internal sealed class AbortProbe(ProbeClient client, TimeProvider time)
{
    private static readonly TimeSpan DisconnectAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    // Few writes, far apart: between them only a proper abort can be noticed.
    private static ProbeRequest Request => new() { Interval = 2000, Count = 4 };

    public async Task<AbortResult> RunAsync(Hop hop, ProbeStatusClient status, CancellationToken cancellationToken)
    {
        var request = Request;
        using var disconnect = new CancellationTokenSource(DisconnectAfter, time);
        var recording = await client.ReadAsync(hop.Probe, ProbeVariant.PlainFor(hop.Url), request, disconnect.Token, cancellationToken);
        // By the probe's clock, which starts when the application begins: after our request, and before its first frame arrives.
        var leftMs = recording.EndedMs - (recording.Frames.Count > 0 ? recording.Frames[0].ArrivedMs : 0);
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began).TotalMilliseconds < request.DurationMs + 2000)
        {
            if (await status.GetAsync(request.Id, cancellationToken) is not { } state) return new(null, 0, 0, 0);
            if (state.EndedMs is { } endedMs) return new(state.State == "aborted", Math.Max(0, endedMs - leftMs), state.Ticks, endedMs);
            await Task.Delay(PollInterval, time, cancellationToken);
        }
        return new(null, 0, 0, 0);
    }
}
