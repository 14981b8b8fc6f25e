using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Findings.Rules;

/// <summary>The request reaches the application changed.</summary>
internal sealed class RequestRule : IRule
{
    public IEnumerable<Symptom> Evaluate(Evidence evidence)
    {
        if (evidence.Hello is not { } hello) yield break;
        if (evidence.Streams.Any() && evidence.Streams.All(variant => variant.Recording.Hello!.Header("Last-Event-ID") is null))
            yield return new(FindingId.LastEventIdLost, Severity.Fault, [$"Last-Event-ID was sent in {evidence.Streams.Count()} requests and arrived in none"]);
        if (evidence.KeySent && !hello.Authorization)
            yield return new(FindingId.AuthorizationLost, Severity.Fault, ["Authorization was sent, and did not arrive"]);
        if (hello.Protocol == "HTTP/1.0")
            yield return new(FindingId.Http10Upstream, Severity.Warning, ["The application is asked in HTTP/1.0"]);
        else if (string.Equals(hello.Header("Connection"), "close", StringComparison.OrdinalIgnoreCase))
            yield return new(FindingId.UpstreamClose, Severity.Warning, ["The application is asked with Connection: close"]);
    }
}
