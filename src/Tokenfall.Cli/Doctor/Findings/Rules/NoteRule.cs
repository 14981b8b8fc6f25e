using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Doctor.Reports;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>Facts that are no faults, but good to know.</summary>
internal sealed class NoteRule : IRule
{
    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        if (evidence.Bare is { Pattern.Kind: Arrivals.AtTheEnd } bare && evidence.Streams.Any(variant => variant.Pattern.Kind == Arrivals.Live))
            yield return new(FindingId.BufferedWithoutHeader, Severity.Note, [$"{bare.Variant} without the header: {ResultText.Of(bare.Pattern.Kind)}"]);
        // An address that only this machine can reach has no readers elsewhere.
        if (evidence.Hop is { Level: 0, Url.IsLoopback: false } && evidence.Streams.Any() && !evidence.Streams.Any(variant => variant.Variant.Wire == Wire.Http2Tls))
            yield return new(FindingId.SixConnections, Severity.Note, ["HTTP/2 is not spoken at this address"]);
    }
}
