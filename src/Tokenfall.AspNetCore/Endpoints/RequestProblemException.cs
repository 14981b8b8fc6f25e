namespace Tokenfall.AspNetCore;

/// <summary>A request is not accepted. The endpoint answers with its <see cref="Problem"/>.</summary>
public sealed class RequestProblemException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The answer.</param>
    public RequestProblemException(RequestProblem problem) : base(problem?.Title)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
    }

    internal RequestProblemException(int status, string code, string title, string detail, TimeSpan? retryAfter = null)
        : this(new RequestProblem(status, code, title, detail) { RetryAfter = retryAfter })
    {
    }

    /// <summary>The answer.</summary>
    public RequestProblem Problem { get; }
}
