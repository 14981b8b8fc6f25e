namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>The ids of all findings. Tickets, scripts and <c>docs/troubleshooting.md</c> refer to them: never rename one.</summary>
internal static class FindingId
{
    /// <summary>A hop buffers the response: everything arrives at the end, or in blocks of a fixed size.</summary>
    public const string ResponseBuffered = "response-buffered";

    /// <summary>A hop passes events on by a timer of its own: they arrive in groups.</summary>
    public const string EventsBatched = "events-batched";

    /// <summary>A hop adds about the same delay to every event.</summary>
    public const string EventsDelayed = "events-delayed";

    /// <summary>A hop compresses the stream; events still arrive one by one.</summary>
    public const string Compressed = "compressed";

    /// <summary>A hop compresses the stream and holds events back.</summary>
    public const string CompressionDelay = "compression-delay";

    /// <summary>A hop answers with a redirect.</summary>
    public const string Redirected = "redirected";

    /// <summary>A hop answers 200 with something that is not an event stream: a login or consent page.</summary>
    public const string LoginPage = "login-page";

    /// <summary>A hop answers with an error of its own.</summary>
    public const string GatewayError = "gateway-error";

    /// <summary>One of GET and POST does not get through.</summary>
    public const string MethodRefused = "method-refused";

    /// <summary>A hop answers from a cache.</summary>
    public const string ResponseCached = "response-cached";

    /// <summary>A hop cuts streams that are silent for some time.</summary>
    public const string IdleCut = "idle-cut";

    /// <summary>A hop cuts every stream at some age, whatever flows.</summary>
    public const string TotalCut = "total-cut";

    /// <summary>The application never learns that a reader has disconnected.</summary>
    public const string AbortNever = "abort-never";

    /// <summary>The application learns only from later writes that a reader has disconnected.</summary>
    public const string AbortLate = "abort-late";

    /// <summary>A hop strips <c>Last-Event-ID</c>: readers cannot resume.</summary>
    public const string LastEventIdLost = "last-event-id-lost";

    /// <summary>A hop strips <c>Authorization</c>.</summary>
    public const string AuthorizationLost = "authorization-lost";

    /// <summary>A hop removes or changes response headers that keep streams whole.</summary>
    public const string HeadersChanged = "headers-changed";

    /// <summary>A hop removes comments, so that heartbeats do not keep the connections behind it open.</summary>
    public const string HeartbeatsDropped = "heartbeats-dropped";

    /// <summary>Events are lost, repeated, reordered or altered.</summary>
    public const string FramesDamaged = "frames-damaged";

    /// <summary>A hop uses HTTP/1.0 to the application.</summary>
    public const string Http10Upstream = "http10-upstream";

    /// <summary>A hop opens a new connection to the application for each request.</summary>
    public const string UpstreamClose = "upstream-close";

    /// <summary>A hop lets only some of several concurrent streams through.</summary>
    public const string ConnectionLimit = "connection-limit";

    /// <summary>A note: only <c>X-Accel-Buffering: no</c> keeps this hop from buffering.</summary>
    public const string BufferedWithoutHeader = "buffered-without-header";

    /// <summary>A note: without HTTP/2 browsers open six connections.</summary>
    public const string SixConnections = "six-connections";
}
