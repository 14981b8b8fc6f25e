using System.Net;
using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor;

/// <summary>The result of a run: all measurements, and what is wrong.</summary>
/// <param name="Path">The evidence of each hop, from the outside in.</param>
/// <param name="Findings">What is wrong, the worst first, notes last.</param>
/// <param name="At">When the run began.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record DoctorResult(IReadOnlyList<Evidence> Path, IReadOnlyList<Finding> Findings, DateTimeOffset At, TimeSpan Duration)
{
    /// <summary>The findings that need a change; notes do not.</summary>
    public IEnumerable<Finding> Faults => Findings.Where(finding => finding.Severity != Severity.Note);

    /// <summary>The findings that are only good to know.</summary>
    public IEnumerable<Finding> Notes => Findings.Where(finding => finding.Severity == Severity.Note);
}

/// <summary>One run of the doctor over a path.</summary>
internal sealed class DoctorRun(DoctorOptions options, Action<ProbeProgress> progress, TimeProvider time)
{
    // Streams that are timed at once, over all hops: few enough not to disturb each other on a small machine.
    private const int MaxTimedStreams = 8;

    /// <summary>Measures every hop and diagnoses the path.</summary>
    /// <exception cref="CommandException">An address does not answer, or the application rejects the doctor's requests.</exception>
    public async Task<DoctorResult> RunAsync(CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var began = time.GetTimestamp();
        using var slots = new SemaphoreSlim(MaxTimedStreams);
        var probe = new PathProbe(new ProbeClient(options.Access, time), slots, options.Watch, options.Access.Key is not null, progress, time);
        var first = await Task.WhenAll(options.Path.Select(hop => probe.CheckAsync(hop, cancellationToken)));
        foreach (var (hop, check) in options.Path.Zip(first)) RequireAnswer(hop, check);
        RequireProbe(options.Path[^1], first[^1]);
        var path = await Task.WhenAll(options.Path.Zip(first, (hop, check) => probe.MeasureAsync(hop, check, cancellationToken)));
        return new(path, Diagnosis.Of(path), at, time.GetElapsedTime(began));
    }

    private static void RequireAnswer(Hop hop, Recording check)
    {
        if (!check.Unreachable) return;
        var named = hop.Level == 0 ? "" : " (named by --via)";
        throw CommandException.Unreachable($"Nothing answers at {hop.Url}{named}: {check.Failure}. Is it running, and can this machine reach it?");
    }

    // Checks the innermost address only: a refusal there is the application's. Further out it may come from a hop.
    private void RequireProbe(Hop hop, Recording check)
    {
        switch ((HttpStatusCode?)check.Status)
        {
            case HttpStatusCode.Unauthorized when options.Access.Key is null:
                throw new CommandException(ExitCode.Failed, "sign_in", $"{hop.Probe} asks who you are. {SignInAdvice.Text}");
            // Only a request that carried a token gets this (RFC 6750, section 3.1): the token was not lost on the way.
            case HttpStatusCode.Unauthorized when check.Header("WWW-Authenticate")?.Contains("invalid_token", StringComparison.Ordinal) == true:
                throw new CommandException(ExitCode.Failed, "bad_key", $"The application at {hop.Url} does not accept the key or token. The ready-made server's keys are made on its page /account/keys.");
            case HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed:
                throw new CommandException(ExitCode.Failed, "no_probe", $"There is no probe at {hop.Probe}. The address must be that of a Tokenfall endpoint, such as https://example.org/ask/stream, and Tokenfall:Probe:Enabled must not be false.");
            case HttpStatusCode.TooManyRequests:
                throw new CommandException(ExitCode.Failed, "busy", $"{hop.Probe} already runs as many probes as it may (Tokenfall:Probe:MaxConcurrent, MaxConcurrentPerOwner). Is another doctor running? Try again later.");
            default:
                return;
        }
    }
}
