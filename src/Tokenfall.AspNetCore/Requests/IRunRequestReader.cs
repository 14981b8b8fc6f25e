using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Turns an HTTP request into the run that it asks for.</summary>
internal interface IRunRequestReader
{
    /// <summary>Reads and checks the request. The endpoint adds what it knows itself: scope, request id, its disconnect policy.</summary>
    /// <param name="context">The call.</param>
    /// <param name="protocol">The endpoint's protocol.</param>
    /// <exception cref="RequestProblemException">The input is not acceptable.</exception>
    Task<RunRequest> ReadAsync(HttpContext context, IRunProtocol protocol);
}
