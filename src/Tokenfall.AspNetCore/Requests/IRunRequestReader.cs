using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Reads what an HTTP request asks for.</summary>
internal interface IRunRequestReader
{
    /// <summary>Reads and checks the request. The endpoint adds what it knows itself: scope, request id, its disconnect policy.</summary>
    /// <exception cref="RequestProblemException">The input is not acceptable.</exception>
    Task<RunRequest> ReadAsync(HttpContext context);
}
