using Tokenfall.Cli.Terminal;
using Tokenfall.Load;

namespace Tokenfall.Cli.Bench;

/// <summary>Says what to set when a server refuses a load.</summary>
internal static class LoadAdvice
{
    /// <returns>A sentence; null when the problem says it all.</returns>
    public static string? For(LoadProblem problem, LoadPlan plan) => problem.Status switch
    {
        401 when IsSignedIn(plan) => "The server does not accept this key. Create a new one on its page API keys, and pass it as --key or TOKENFALL_KEY.",
        400 when problem.Example.Contains("antiforgery", StringComparison.Ordinal) =>
            "A call with a sign-in cookie also needs the antiforgery token: pass both cookies with --header 'Cookie: ...', and the token with --header 'X-CSRF-TOKEN: ...'. With a bearer token, --key alone does.",
        401 => $"The server asks who you are. {SignInAdvice.Text}",
        404 => "Nothing streams at this path. The ready-made server's is /ask/stream; an application's is the one it gives to MapTokenfall.",
        405 => "This path does not take a POST. Is it the endpoint that MapTokenfall made?",
        429 when problem.Example.Contains("too_many_runs_of_owner", StringComparison.Ordinal) =>
            $"One account may have only so many answers at once. For a load test, start the server with Tokenfall__Limits__MaxRunsPerOwner={plan.Streams}, or use a smaller -n.",
        429 when problem.Example.Contains("too_many_runs", StringComparison.Ordinal) =>
            $"The server may have only so many answers at once. Start it with Tokenfall__Limits__MaxRuns={plan.Streams} or more, or use a smaller -n.",
        429 when problem.Example.Contains("too_many_requests", StringComparison.Ordinal) =>
            "One account may start only so many answers in a minute. For a load test, start the ready-made server with Tokenfall__StartsPerMinute=100000.",
        >= 300 and < 400 => "Redirects are not followed: use the URL that the server redirects to.",
        _ => null,
    };

    private static bool IsSignedIn(LoadPlan plan) => plan.Headers.Any(header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
}
