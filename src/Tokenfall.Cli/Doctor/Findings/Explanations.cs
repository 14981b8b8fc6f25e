namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>What a finding means, in words.</summary>
/// <param name="Title">In a few.</param>
/// <param name="Cause">In a sentence or two.</param>
internal sealed record Explanation(string Title, string Cause);

/// <summary>The explanation of each finding.</summary>
internal static class Explanations
{
    private static readonly Dictionary<string, Explanation> All = new()
    {
        [FindingId.ResponseBuffered] = new("The response is collected before it is passed on",
            "A hop buffers the response and ignores, or never sees, the header X-Accel-Buffering: no. The reader waits for the whole answer."),
        [FindingId.EventsBatched] = new("Events arrive in groups",
            "A hop passes the stream on by a timer or by full blocks instead of at once. Text jumps."),
        [FindingId.EventsDelayed] = new("Every event is late by about the same",
            "A hop holds small writes back. About 200 ms is a corked socket, HAProxy's default on plaintext."),
        [FindingId.Compressed] = new("The stream is compressed on its way",
            "A hop compresses the stream although it says no-transform. It need not hold events back by that, but each is at the mercy of the compressor's flushing."),
        [FindingId.CompressionDelay] = new("Compression holds events back",
            "A hop compresses the stream and keeps events in its compressor, until the next one or the end."),
        [FindingId.Redirected] = new("The request is redirected",
            "A hop answers instead of the application. A redirect turns POST into GET or loses credentials, and fetch calls to other origins fail."),
        [FindingId.LoginPage] = new("Another page is served instead of the stream",
            "A hop answers 200 with a page of its own: a login, a consent or an error page. Clients see success and no events."),
        [FindingId.GatewayError] = new("A hop answers with an error",
            "The request does not reach the application through this hop, or its answer does not come back."),
        [FindingId.MethodRefused] = new("One method does not get through",
            "A hop lets only GET or only POST through. Questions are asked by POST, and read on by GET."),
        [FindingId.ResponseCached] = new("Streams are answered from a cache",
            "A hop keeps responses although they say no-cache. Readers get another reader's answer."),
        [FindingId.IdleCut] = new("Silent streams are cut",
            "A hop gives up on a response in which nothing has flowed for some time. Heartbeats keep it alive only if they come more often than that."),
        [FindingId.TotalCut] = new("Every stream is cut at the same age",
            "A hop limits how long a whole response may take, whatever flows. No heartbeat helps: raise the limit, or rely on readers that resume."),
        [FindingId.AbortNever] = new("A reader's leaving never reaches the application",
            "A hop reads the response to its end when nobody wants it any more. Answers are generated and paid for that nobody reads."),
        [FindingId.AbortLate] = new("A reader's leaving reaches the application late",
            "A hop notices only when it writes that its reader has gone. Until then the model goes on."),
        [FindingId.LastEventIdLost] = new("Last-Event-ID is stripped",
            "A hop removes the header by which readers resume. After a cut they start again, or get the same text twice."),
        [FindingId.AuthorizationLost] = new("The key does not reach the application",
            "A hop removes Authorization, or the key is not one of this application's."),
        [FindingId.HeadersChanged] = new("Response headers are changed",
            "A hop rewrites headers that keep caches, compressors and clients from harming the stream."),
        [FindingId.HeartbeatsDropped] = new("Heartbeats do not come through",
            "A hop removes comments from the stream. Everything behind it sees a silent connection and may cut it."),
        [FindingId.FramesDamaged] = new("Events arrive damaged",
            "Frames are missing, repeated, out of order or altered: a hop rewrites the body, breaks it off, or never passes on its end."),
        [FindingId.Http10Upstream] = new("The application is asked in HTTP/1.0",
            "In HTTP/1.0 a response has no chunks and each takes a new connection: buffering hops hold it back, and a cut looks like an end."),
        [FindingId.UpstreamClose] = new("Each request opens a new connection to the application",
            "A hop asks with Connection: close. Every question pays for a connection, and ports run out under load."),
        [FindingId.ConnectionLimit] = new("Not all streams run at once",
            "A hop limits connections or workers. A stream holds its place for minutes, so later readers wait or are refused."),
        [FindingId.BufferedWithoutHeader] = new("Streams that do not say X-Accel-Buffering: no are collected here",
            "Tokenfall's streams say so and pass. Other streams of this host would not."),
        [FindingId.SixConnections] = new("Browsers open six connections to an HTTP/1.1 origin",
            "With six streams open, the seventh tab waits without a word. Over TLS with HTTP/2 they share one connection."),
    };

    public static Explanation Of(string id) => All[id];
}
