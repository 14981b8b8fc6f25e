namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>What a finding means.</summary>
/// <param name="Title">The finding in a few words.</param>
/// <param name="Cause">The cause in a sentence or two.</param>
internal sealed record Explanation(string Title, string Cause);

/// <summary>The explanation of each finding.</summary>
internal static class Explanations
{
    private static readonly Dictionary<string, Explanation> All = new()
    {
        [FindingId.ResponseBuffered] = new("The response is buffered",
            "A hop buffers the response and ignores, or never sees, the header X-Accel-Buffering: no. The reader waits for the whole answer."),
        [FindingId.EventsBatched] = new("Events arrive in groups",
            "A hop forwards the stream by a timer or in full blocks instead of at once. The text arrives in jumps."),
        [FindingId.EventsDelayed] = new("Every event is delayed by about the same time",
            "A hop holds back small writes. About 200 ms is a corked socket, which is HAProxy's default on plaintext."),
        [FindingId.Compressed] = new("The stream is compressed",
            "A hop compresses the stream although it says no-transform. Events still arrive one by one, but only as long as the compressor flushes after each."),
        [FindingId.CompressionDelay] = new("Compression delays events",
            "A hop compresses the stream and keeps events in its compressor until the next one or the end."),
        [FindingId.Redirected] = new("The request is redirected",
            "A hop answers instead of the application. A redirect turns POST into GET or loses credentials, and fetch calls to other origins fail."),
        [FindingId.LoginPage] = new("A page is served instead of the stream",
            "A hop answers 200 with a page of its own: a login, consent or error page. Clients see success and no events."),
        [FindingId.GatewayError] = new("A hop answers with an error",
            "The request does not reach the application through this hop, or the response does not come back."),
        [FindingId.MethodRefused] = new("One method does not get through",
            "A hop lets only GET or only POST through. Runs are started by POST and resumed by GET."),
        [FindingId.ResponseCached] = new("Streams are answered from a cache",
            "A hop caches responses although they say no-cache. Readers get another reader's answer."),
        [FindingId.IdleCut] = new("Silent streams are cut",
            "A hop closes a response after some time without data. Heartbeats keep it open only if they come more often than that."),
        [FindingId.TotalCut] = new("Every stream is cut at the same age",
            "A hop limits how long a response may take, even while data flows. Heartbeats do not help: raise the limit, or rely on readers that resume."),
        [FindingId.AbortNever] = new("The application never learns that a reader has disconnected",
            "A hop reads the response to its end when nobody wants it any more. The model generates answers that are paid for and never read."),
        [FindingId.AbortLate] = new("The application learns too late that a reader has disconnected",
            "A hop notices only on its next write that the reader has gone. Until then the model goes on."),
        [FindingId.LastEventIdLost] = new("Last-Event-ID is removed",
            "A hop removes the header that readers resume by. After a cut they start again, or get the same text twice."),
        [FindingId.AuthorizationLost] = new("The key does not reach the application",
            "A hop removes Authorization, or the key is not one of this application's."),
        [FindingId.HeadersChanged] = new("Response headers are changed",
            "A hop rewrites headers that keep caches, compressors and clients from harming the stream."),
        [FindingId.HeartbeatsDropped] = new("Heartbeats do not get through",
            "A hop removes comments from the stream. Everything behind it sees a silent connection and may cut it."),
        [FindingId.FramesDamaged] = new("Events arrive damaged",
            "Frames are missing, repeated, out of order or altered: a hop rewrites the body, breaks it off, or never passes on its end."),
        [FindingId.Http10Upstream] = new("A hop uses HTTP/1.0 to the application",
            "In HTTP/1.0 a response has no chunks and needs a new connection: hops buffer it, and a cut looks like a proper end."),
        [FindingId.UpstreamClose] = new("Each request opens a new connection to the application",
            "A hop sends Connection: close. Every request pays for a new connection, and ports run out under load."),
        [FindingId.ConnectionLimit] = new("Not all streams run at once",
            "A hop limits connections or workers. A stream occupies one for minutes, so later readers wait or are refused."),
        [FindingId.BufferedWithoutHeader] = new("Streams without X-Accel-Buffering: no are buffered here",
            "Tokenfall's streams have the header and pass. Other streams of this host would not."),
        [FindingId.SixConnections] = new("Browsers open six connections to an HTTP/1.1 origin",
            "With six streams open, the seventh tab waits without an error. Over TLS with HTTP/2 all streams share one connection."),
    };

    public static Explanation Of(string id) => All[id];
}
