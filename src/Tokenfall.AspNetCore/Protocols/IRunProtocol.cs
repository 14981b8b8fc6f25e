using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>How a front end asks for an answer, and how it reads one: Tokenfall's own way, or another's.</summary>
/// <remarks>Implementations are shared by all requests and must be thread-safe. Answers are server-sent events, whatever is in them.</remarks>
[Experimental("TOKENFALL001")]
public interface IRunProtocol
{
    /// <summary>Whether neighbouring text events of one part, for a reader that is behind, may come as one frame.</summary>
    bool MergesText { get; }

    /// <summary>Reads what is asked. The endpoint then checks the question, and chooses the model.</summary>
    /// <param name="context">The call.</param>
    /// <exception cref="RequestProblemException">The request cannot be understood.</exception>
    Task<ProtocolRequest> ReadRequestAsync(HttpContext context);

    /// <summary>The run that this call, although it looks like a start, wants to read on; null for a call that starts one.</summary>
    /// <param name="context">The call.</param>
    /// <exception cref="RequestProblemException">The position is malformed.</exception>
    RunId? FindResumedRun(HttpContext context);

    /// <summary>Where the reader wants to go on.</summary>
    /// <param name="context">The call.</param>
    /// <param name="run">The run.</param>
    /// <returns>The position; null when the reader has everything there will ever be, which is answered with 204.</returns>
    /// <exception cref="RequestProblemException">The position is malformed, or is not one of this run.</exception>
    ResumePosition? FindPosition(HttpContext context, Run run);

    /// <summary>Sets headers of the protocol's own, beside those of server-sent events.</summary>
    /// <param name="headers">The response's headers.</param>
    void WriteHeaders(IHeaderDictionary headers);

    /// <summary>Creates what spells one response.</summary>
    /// <param name="run">The run.</param>
    /// <param name="openParts">The parts that are open at the position: the reader has seen their beginning.</param>
    /// <param name="position">Where the reader goes on.</param>
    IRunFormatter CreateFormatter(Run run, IReadOnlyList<OpenPart> openParts, ResumePosition position);

    /// <summary>Answers with an error status.</summary>
    /// <param name="context">The call.</param>
    /// <param name="problem">What is wrong.</param>
    Task WriteProblemAsync(HttpContext context, RequestProblem problem);
}
