namespace Tokenfall.AspNetCore;

/// <summary>Thrown when a request is rejected. The endpoint responds with <see cref="Problem"/>.</summary>
public sealed class RequestProblemException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The response.</param>
    /// <exception cref="ArgumentNullException"><paramref name="problem"/> is null.</exception>
    public RequestProblemException(RequestProblem problem) : base(problem?.Title)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
    }

    internal RequestProblemException(int status, string code, string title, string detail, TimeSpan? retryAfter = null)
        : this(new RequestProblem(status, code, title, detail) { RetryAfter = retryAfter })
    {
    }

    /// <summary>The response.</summary>
    public RequestProblem Problem { get; }
}
