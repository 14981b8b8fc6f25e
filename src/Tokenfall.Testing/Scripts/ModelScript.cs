using Tokenfall.Testing.Scripts;

namespace Tokenfall.Testing;

/// <summary>
/// The answer to one request: its content, its rate and, if wanted, how it fails. Immutable; create variants with <c>with</c>.
/// </summary>
/// <remarks>
/// A <em>token</em> is one content delta, counted over the whole answer in the order of sending: thinking, text, tool input.
/// The frames of a script are computed once, at its first use; keep the instance to reuse them.
/// </remarks>
public sealed record ModelScript
{
    /// <summary>The pieces of the answer's text, one text delta each.</summary>
    /// <value>Default: a short greeting. Empty means an answer without text.</value>
    public IReadOnlyList<string> Tokens { get; init; } = TokenCutter.Cut("Hello! This answer comes from a model made for tests.");

    /// <summary>The answer's text: all <see cref="Tokens"/> concatenated.</summary>
    /// <value>Setting it cuts the text into pieces the size of tokens, always the same way, never inside a surrogate pair.</value>
    public string Text
    {
        get => string.Concat(Tokens);
        init => Tokens = TokenCutter.Cut(value);
    }

    /// <summary>The text of a thinking block before the answer, cut as <see cref="Text"/> is.</summary>
    /// <value>Default: none.</value>
    public string? Thinking { get; init; }

    /// <summary>Tool calls after the text, one block each.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<ModelToolUse> Tools { get; init; } = [];

    /// <summary>The rate of the tokens: token n (from 0) is due n / rate seconds after the first, without drift.</summary>
    /// <value>Tokens per second, more than 0. Default: <see langword="null"/>, as fast as the client reads.</value>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a positive number.</exception>
    public double? TokensPerSecond
    {
        get;
        init => field = value is null or (> 0 and < double.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "TokensPerSecond must be more than 0, or null for full speed.");
    }

    /// <summary>The time from the request to the response headers.</summary>
    /// <value>Default: none.</value>
    public TimeSpan HeaderDelay { get; init; }

    /// <summary>The time from the response headers to the first token.</summary>
    /// <value>Default: none.</value>
    public TimeSpan FirstTokenDelay { get; init; }

    /// <summary>The number of input tokens that the usage reports.</summary>
    /// <value>Default: 12.</value>
    public int InputTokens { get; init; } = 12;

    /// <summary>The number of output tokens that the final usage reports.</summary>
    /// <value>Default: <see langword="null"/>, the number of tokens in the script.</value>
    public int? OutputTokens { get; init; }

    /// <summary>Why the model stopped.</summary>
    /// <value>Default: <c>tool_use</c> when there are <see cref="Tools"/>, else <c>end_turn</c>.</value>
    public string StopReason
    {
        get => field ?? (Tools.Count > 0 ? "tool_use" : "end_turn");
        init;
    }

    /// <summary>After how many tokens each a ping event is sent.</summary>
    /// <value>Default: 0, only the usual one after the start of the first block.</value>
    public int PingEvery { get; init; }

    /// <summary>A gate that pauses the stream before one token until a test opens it.</summary>
    /// <value>Default: none.</value>
    public ModelGate? Hold { get; init; }

    /// <summary>How the request fails.</summary>
    /// <value>Default: it does not.</value>
    public ModelFault? Fault { get; init; }

    /// <summary>Creates a script that answers with a text at full speed.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The script.</returns>
    public static ModelScript Say(string text) => new() { Text = text };

    /// <summary>Creates a script that fails; faults in mid-stream interrupt the default text.</summary>
    /// <param name="fault">How it fails.</param>
    /// <returns>The script.</returns>
    public static ModelScript Fail(ModelFault fault) => new() { Fault = fault };

    /// <summary>
    /// Creates a script with filler text: words in several scripts, emoji, quotes, markup, control characters and line breaks.
    /// </summary>
    /// <param name="tokens">How many tokens.</param>
    /// <param name="seed">The same seed gives the same text.</param>
    /// <returns>The script.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tokens"/> is negative.</exception>
    public static ModelScript Lorem(int tokens = 400, int seed = 1) => new() { Tokens = LoremTokens.Make(tokens, seed) };

    /// <summary>
    /// Creates a script whose tokens carry their number and the time they were sent: <c>0@0000000812345678901;</c>, then <c>1@…;</c>. A
    /// reader can tell what is missing, what arrived twice, and how late each token is.
    /// </summary>
    /// <param name="tokens">How many tokens.</param>
    /// <returns>The script.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tokens"/> is negative.</exception>
    /// <remarks>
    /// The timestamp is <see cref="TimeProvider.GetTimestamp"/> of the server's clock, in 19 digits. The system's is
    /// <see cref="System.Diagnostics.Stopwatch"/>'s, which on Linux all processes of a machine share.
    /// </remarks>
    public static ModelScript Stamped(int tokens = 400) => new() { Tokens = StampedTokens.Make(tokens), IsStamped = true };

    /// <summary>Whether the time is written into the tokens as they are sent.</summary>
    internal bool IsStamped { get; private init; }

    /// <summary>When token <paramref name="number"/> (from 0) is due, from the response headers on.</summary>
    internal TimeSpan DueTime(int number) =>
        FirstTokenDelay + (TokensPerSecond is { } rate ? TimeSpan.FromSeconds(number / rate) : TimeSpan.Zero);
}
