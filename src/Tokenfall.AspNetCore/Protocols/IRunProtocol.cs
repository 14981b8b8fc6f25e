using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Defines how requests are read and how answers are spelled on the wire.</summary>
/// <remarks>Implementations are shared by all requests and must be thread-safe. Answers are always server-sent events.</remarks>
[Experimental("TOKENFALL001")]
public interface IRunProtocol
{
    /// <summary>Whether neighbouring text events of one part may be merged into one frame for a reader that is behind.</summary>
    bool MergesText { get; }

    /// <summary>Reads the request. The endpoint then validates the prompt and chooses the model.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <returns>The request's content.</returns>
    /// <exception cref="RequestProblemException">The request is malformed.</exception>
    Task<ProtocolRequest> ReadRequestAsync(HttpContext context);

    /// <summary>Finds the run that a start request asks to resume instead.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <returns>The run to resume; null if the request starts a run.</returns>
    /// <exception cref="RequestProblemException">The position is malformed.</exception>
    /// <remarks>
    /// Rate limits do not hold for a request with the header <c>Last-Event-ID</c>. So it cannot start a run: where the result is null, it is refused.
    /// </remarks>
    RunId? FindResumedRun(HttpContext context);

    /// <summary>Finds the position from which the reader resumes.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="run">The run.</param>
    /// <returns>The position; null if the run has ended and the reader has all of it, which is answered with 204.</returns>
    /// <exception cref="RequestProblemException">The position is malformed or not part of this run.</exception>
    ResumePosition? FindPosition(HttpContext context, Run run);

    /// <summary>Sets the protocol's own headers, in addition to those of server-sent events.</summary>
    /// <param name="headers">The response's headers.</param>
    void WriteHeaders(IHeaderDictionary headers);

    /// <summary>Creates the formatter for one response.</summary>
    /// <param name="run">The run.</param>
    /// <param name="openParts">The parts that are open at the position; the reader has already seen their start.</param>
    /// <param name="position">Where the reader resumes.</param>
    /// <returns>The formatter.</returns>
    IRunFormatter CreateFormatter(Run run, IReadOnlyList<OpenPart> openParts, ResumePosition position);

    /// <summary>Writes an error response.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="problem">The problem.</param>
    /// <returns>Completes when the response is written.</returns>
    Task WriteProblemAsync(HttpContext context, RequestProblem problem);
}
