using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Tokenfall's own protocol: <c>docs/http.md</c>.</summary>
internal sealed class TokenfallProtocol(IOptions<TokenfallHttpOptions> options) : IRunProtocol
{
    private readonly RunRequestBodyReader _reader = new(options.Value);

    public bool MergesText => true;

    public Task<ProtocolRequest> ReadRequestAsync(HttpContext context) => _reader.ReadAsync(context.Request);

    public RunId? FindResumedRun(HttpContext context) => LastEventId.From(context.Request)?.Run;

    public ResumePosition? FindPosition(HttpContext context, Run run)
    {
        var after = LastEventId.PositionIn(run, context.Request);
        // It has seen what the journal lost: all that is left for it is the end.
        if (after > run.Log.Count && run.IsRecovered) return new ResumePosition(run.Log.Count - 1);
        if (after > run.Log.Count)
            throw RequestProblems.BadInput("unknown_event", "There is no such event", "The run has fewer events than the id names: it is not an id that this run gave out.");
        // A native EventSource stops reconnecting on 204 (HTML standard, section 9.2.2).
        return run.Log.IsReadTo(after) ? null : new ResumePosition(after);
    }

    public void WriteHeaders(IHeaderDictionary headers)
    {
    }

    public IRunFormatter CreateFormatter(Run run, IReadOnlyList<OpenPart> openParts, ResumePosition position) => new TokenfallFormatter(run, openParts);

    public Task WriteProblemAsync(HttpContext context, RequestProblem problem) => problem.WriteAsync(context);
}
