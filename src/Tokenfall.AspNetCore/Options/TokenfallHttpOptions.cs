using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Settings of Tokenfall's endpoints, bound from the configuration section <c>Tokenfall</c> and validated at startup.</summary>
/// <remarks>The section is shared with <see cref="TokenfallOptions"/>, which has the settings of runs.</remarks>
public sealed class TokenfallHttpOptions
{
    /// <summary>The longest prompt, in UTF-16 code units after trimming. With <c>messages</c>, it applies to the last user message.</summary>
    /// <value>The default value is 5,000.</value>
    [Range(1, int.MaxValue)]
    public int MaxPromptLength { get; set; } = 5000;

    /// <summary>
    /// The longest conversation, in UTF-16 code units: the texts of all its messages together, the prompt among them. For a prompt alone only
    /// <see cref="MaxPromptLength"/> counts.
    /// </summary>
    /// <value>The default value is 200,000.</value>
    [Range(1, int.MaxValue)]
    public int MaxConversationLength { get; set; } = 200_000;

    /// <summary>The most messages of a conversation, the question among them.</summary>
    /// <value>The default value is 500.</value>
    [Range(1, int.MaxValue)]
    public int MaxMessages { get; set; } = 500;

    /// <summary>
    /// The most tokens of a stored conversation that are sent to the model before the question; the oldest messages are left out first. Counted by the
    /// provider's figures where they are known, and estimated otherwise.
    /// </summary>
    /// <value>The default value is 50,000.</value>
    [Range(0, int.MaxValue)]
    public int MaxHistoryTokens { get; set; } = 50_000;

    /// <summary>
    /// Whether callers who have not signed in have stored conversations. They all share them, so this is for an application with one user.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AnonymousConversations { get; set; }

    /// <summary>The largest request body, in bytes.</summary>
    /// <value>The default value is 1 MiB.</value>
    [Range(1, int.MaxValue)]
    public int MaxBodySize { get; set; } = 1024 * 1024;

    /// <summary>Whether <c>GET {pattern}?prompt=</c> starts a run, for a plain <c>EventSource</c>. It is not safe against cross-site requests.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AllowGetStart { get; set; }

    /// <summary>
    /// Whether <c>Accept: application/json</c> without <c>text/event-stream</c> starts a run that nobody reads, as in earlier builds. Otherwise only
    /// <c>Prefer: respond-async</c> does. The setting helps to move callers over; the next version does not have it.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AcceptJsonStartsDetached { get; set; }

    /// <summary>
    /// The origins of other sites whose pages may call these endpoints, such as <c>https://app.example</c>. They still need the browser's permission (a CORS policy), and,
    /// where they are signed in by cookie, the antiforgery token.
    /// </summary>
    /// <value>Empty by default: only pages of this site and its subdomains.</value>
    [TrustedOrigins]
    public IList<string> TrustedOrigins { get; } = [];

    /// <summary>The longest silence on a response before a comment is sent to keep it alive.</summary>
    /// <value>The default value is 15 seconds.</value>
    [PositiveDuration]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The age at which a connection is reset between two frames, so that its reader resumes on a fresh one; jittered by 10 %.
    /// Applies only to readers that can resume: GET, and POST with the header <c>Tokenfall-Resume: 1</c>.
    /// </summary>
    /// <value>The default value is 5 minutes.</value>
    [PositiveDuration]
    public TimeSpan MaxConnectionAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a reader may accept no data before its connection is reset.</summary>
    /// <value>The default value is 30 seconds.</value>
    [PositiveDuration]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Settings of the probe endpoint.</summary>
    /// <value>The default values of <see cref="ProbeOptions"/>.</value>
    [ValidateObjectMembers]
    public ProbeOptions Probe { get; set; } = new();

    /// <summary>
    /// Whether to tune Kestrel's listening sockets for streams: vanished readers are detected in about 30 seconds instead of 15 minutes, and the
    /// kernel buffers 16 KiB for a stalled reader instead of megabytes. Affects every connection of the application.
    /// </summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool TuneSockets { get; set; } = true;
}
