using System.Net;
using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor;

/// <summary>What came out: all that was measured, and what is wrong.</summary>
/// <param name="Path">The evidence of each hop, from the outside in.</param>
/// <param name="Findings">What is wrong, the worst first; notes last.</param>
/// <param name="At">When it began.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record Diagnosed(IReadOnlyList<Evidence> Path, IReadOnlyList<Finding> Findings, DateTimeOffset At, TimeSpan Duration)
{
    /// <summary>What has to be changed; notes do not count.</summary>
    public IEnumerable<Finding> Faults => Findings.Where(finding => finding.Severity != Severity.Note);

    public IEnumerable<Finding> Notes => Findings.Where(finding => finding.Severity == Severity.Note);
}

/// <summary>One run of the doctor over a path.</summary>
internal sealed class DoctorRun(DoctorOptions options, Action<Step> steps, TimeProvider time)
{
    // Streams timed at the same moment, over all hops: few enough not to disturb each other on a small machine.
    private const int AtOnce = 8;

    /// <exception cref="CommandException">An address does not answer, or the application does not let the doctor in.</exception>
    public async Task<Diagnosed> RunAsync(CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var began = time.GetTimestamp();
        using var places = new SemaphoreSlim(AtOnce);
        var examination = new PathProbe(new ProbeClient(options.Access, time), places, options.Watch, options.Access.Key is not null, steps, time);
        var first = await Task.WhenAll(options.Path.Select(hop => examination.LookAsync(hop, cancellationToken)));
        foreach (var (hop, look) in options.Path.Zip(first)) RequireAnswer(hop, look);
        RequireProbe(options.Path[^1], first[^1]);
        var path = await Task.WhenAll(options.Path.Zip(first, (hop, look) => examination.ExamineAsync(hop, look, cancellationToken)));
        return new(path, Diagnosis.Of(path), at, time.GetElapsedTime(began));
    }

    private static void RequireAnswer(Hop hop, Recording look)
    {
        if (!look.Unreachable) return;
        var named = hop.Level == 0 ? "" : " (named by --via)";
        throw CommandException.Unreachable($"Nothing answers at {hop.Url}{named}: {look.Failure}. Is it running, and can this machine reach it?");
    }

    // Only of the innermost address: what it refuses, the application refuses. Further out it may be a hop's doing.
    private void RequireProbe(Hop hop, Recording look)
    {
        switch ((HttpStatusCode?)look.Status)
        {
            case HttpStatusCode.Unauthorized when options.Access.Key is null:
                throw new CommandException(ExitCode.Failed, "sign_in", $"{hop.Probe} asks for sign-in. Make a key on the page /account/keys and give it with --key or in TOKENFALL_KEY.");
            // Said only to a request that brought a token (RFC 6750, section 3.1): it was not lost on the way.
            case HttpStatusCode.Unauthorized when look.Header("WWW-Authenticate")?.Contains("invalid_token", StringComparison.Ordinal) == true:
                throw new CommandException(ExitCode.Failed, "bad_key", $"The application at {hop.Url} does not know the key. Make one on its page /account/keys.");
            case HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed:
                throw new CommandException(ExitCode.Failed, "no_probe", $"There is no probe at {hop.Probe}. The address must be that of a Tokenfall endpoint, such as https://example.org/ask/stream, and Tokenfall:Probe:Enabled must not be false.");
            case HttpStatusCode.TooManyRequests:
                throw new CommandException(ExitCode.Failed, "busy", $"{hop.Probe} runs as many probes as it may (Tokenfall:Probe:MaxConcurrent). Is another doctor at work? Try again later.");
            default:
                return;
        }
    }
}
