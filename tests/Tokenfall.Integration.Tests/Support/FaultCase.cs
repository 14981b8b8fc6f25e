namespace Tokenfall.Integration.Tests.Support;

/// <summary>One way in which the model API fails, and what has to come of it.</summary>
/// <param name="Name">What the test's name shows.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Code">The reader's <c>code</c>.</param>
/// <param name="Retryable">The reader's <c>retryable</c>.</param>
/// <param name="Log">What the log says of it.</param>
/// <param name="RetryAfter">The reader's <c>retry_after</c>.</param>
/// <param name="Tokens">How many tokens come before it.</param>
/// <param name="Wait">The time after which the server gives up; for a model that falls silent.</param>
/// <param name="Answers">Whether the model answered with headers, so that the log can have its request id.</param>
public sealed record FaultCase(
    string Name, ModelFault? Fault, string Code, bool Retryable, string Log,
    int? RetryAfter = null, int Tokens = 0, TimeSpan Wait = default, bool Answers = true)
{
    /// <summary>The provider's own words, with the key in them as some gateways have it.</summary>
    public const string Words = $"{Plain} {Key}";

    /// <summary>The part of the words that the log may show, and the reader may not.</summary>
    public const string Plain = "This is what the provider says about";

    public const string Key = "sk-test-of-the-fault-table";

    private const string Logged = $"{Plain} [key]";

    public override string ToString() => Name;

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new("400", ModelFault.Status(400, "invalid_request_error", Words), "invalid_request", false, Logged),
        new("401", ModelFault.Status(401, "authentication_error", Words), "upstream_unavailable", false, Logged),
        new("429", ModelFault.Status(429, "rate_limit_error", Words, TimeSpan.FromSeconds(7)), "rate_limited", true, Logged, RetryAfter: 7),
        new("429 spend limit", ModelFault.Status(429, "rate_limit_error", Words, details: "enforced_spend_limit_reached"),
            "upstream_unavailable", false, Logged),
        new("500", ModelFault.Status(500, "api_error", Words), "upstream_unavailable", true, Logged),
        new("529", ModelFault.Status(529, "overloaded_error", Words), "overloaded", true, Logged),
        new("overloaded in band, at once", ModelFault.InBandError("overloaded_error", Words, 0), "overloaded", true, Logged),
        new("overloaded in band, later", ModelFault.InBandError("overloaded_error", Words, 9), "overloaded", true, Logged, Tokens: 9),
        new("clean end", ModelFault.CleanEnd(9), "truncated", true, "had not said that the answer is complete", Tokens: 9),
        new("end inside an event", ModelFault.EndInsideEvent(9), "truncated", true, "had not said that the answer is complete", Tokens: 9),
        new("reset", ModelFault.Reset(9), "upstream_unavailable", true, "broke in the middle of the answer", Tokens: 9),
        new("garbage", ModelFault.Garbage(9), "upstream_unavailable", true, "sent an event that cannot be read", Tokens: 9),
        new("stall", ModelFault.Stall(9), "upstream_timeout", true, "Tokenfall:Upstream:ContentTimeout", Tokens: 9, Wait: TimeSpan.FromSeconds(46)),
        new("stall with pings", ModelFault.Stall(9, pings: true), "upstream_timeout", true, "Tokenfall:Upstream:ContentTimeout",
            Tokens: 9, Wait: TimeSpan.FromSeconds(46)),
        new("no headers", ModelFault.NoHeaders, "upstream_timeout", true, "Tokenfall:Upstream:FirstContentTimeout",
            Wait: TimeSpan.FromSeconds(61), Answers: false),
        new("hang-up", ModelFault.HangUp, "upstream_unavailable", true, "No response from", Answers: false),
        new("nobody there", null, "upstream_unavailable", true, "No response from", Answers: false),
    ];
}
