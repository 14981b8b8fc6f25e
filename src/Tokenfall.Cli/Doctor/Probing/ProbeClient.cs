using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>Reads probes, each on a connection of its own, and records what arrives and when.</summary>
internal sealed class ProbeClient(Access access, TimeProvider time)
{
    private const int MostOfAnotherBody = 2000;

    private const int Waits = 5;

    /// <summary>Reads a probe to its end. Faults of the path are part of the recording and not thrown.</summary>
    /// <param name="probe">The hop's probe endpoint.</param>
    /// <param name="variant">How to ask.</param>
    /// <param name="request">What to ask for.</param>
    /// <param name="leave">Leaves the response, as a reader does who closes the page.</param>
    /// <param name="cancellationToken">Ends the doctor.</param>
    public async Task<Recording> ReadAsync(
        Uri probe, ProbeVariant variant, ProbeRequest request, CancellationToken leave = default, CancellationToken cancellationToken = default)
    {
        for (var wait = 1; ; wait++)
        {
            var recording = await ReadOnceAsync(probe, variant, request, leave, cancellationToken);
            // The application's own bound on probes: another doctor may be at work.
            if (recording.Status != 429 || recording.Header("Retry-After") is null || wait > Waits) return recording;
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    /// <summary>The innermost words say what happened.</summary>
    public static string Reason(Exception broken)
    {
        while (broken.InnerException is { } inner) broken = inner;
        return broken is AuthenticationException ? TlsFailure.Reason(broken) : broken.Message;
    }

    /// <summary>A handler that follows, keeps and unpacks nothing.</summary>
    public SocketsHttpHandler Handler(Func<Stream, Stream>? tap = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ResponseDrainTimeout = TimeSpan.Zero,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, errors) => access.Insecure || errors == SslPolicyErrors.None },
        PlaintextStreamFilter = tap is null ? null : (context, _) => ValueTask.FromResult(tap(context.PlaintextStream)),
    };

    /// <summary>What lets the doctor in.</summary>
    public void Identify(HttpRequestMessage message)
    {
        foreach (var (name, value) in access.Headers) message.Headers.TryAddWithoutValidation(name, value);
    }

    private async Task<Recording> ReadOnceAsync(Uri probe, ProbeVariant variant, ProbeRequest request, CancellationToken leave, CancellationToken cancellationToken)
    {
        var recording = new Recording(variant, request);
        WireTap? tap = null;
        var began = time.GetTimestamp();
        double Now() => time.GetElapsedTime(tap is { Asked: > 0 } ? tap.Asked : began).TotalMilliseconds;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(request.DurationMs + request.Patience), time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, leave, cancellationToken);
        using var handler = Handler(stream => tap = new WireTap(stream, time));
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        using var message = Message(probe, variant, request);
        try
        {
            using var response = await client.SendAsync(message, until.Token);
            recording.HeadersMs = Now();
            TakeHead(recording, response, tap!);
            await TakeBodyAsync(recording, response, Now, until.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            recording.Ending = Ending.Left;
            recording.Unreachable = tap is null && !leave.IsCancellationRequested;
            recording.Failure = leave.IsCancellationRequested ? null : recording.Unreachable ? "no connection within 5 s" : recording.Status is null ? "no answer in time" : "It did not end in time";
        }
        catch (HttpRequestException broken) when (recording.Status is null)
        {
            recording.Unreachable = tap is null && broken.HttpRequestError != HttpRequestError.VersionNegotiationError;
            recording.NotOffered = broken.HttpRequestError == HttpRequestError.VersionNegotiationError;
            recording.Failure = Reason(broken);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or InvalidDataException)
        {
            recording.Ending = Ending.Cut;
            recording.Failure = Reason(broken);
        }
        recording.EndedMs = Now();
        return recording;
    }

    private HttpRequestMessage Message(Uri probe, ProbeVariant variant, ProbeRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(variant.Method), request.At(probe))
        {
            Version = variant.Version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", variant.Coding);
        message.Headers.TryAddWithoutValidation("Last-Event-ID", request.LastEventId);
        if (variant.Method == "POST") message.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        Identify(message);
        return message;
    }

    private static void TakeHead(Recording recording, HttpResponseMessage response, WireTap tap)
    {
        recording.Status = (int)response.StatusCode;
        recording.Headers.AddRange(recording.Variant.Wire == Wire.Http2Tls
            ? response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)))
            : tap.HeaderLines());
    }

    private static async Task TakeBodyAsync(Recording recording, HttpResponseMessage response, Func<double> now, CancellationToken cancellationToken)
    {
        await using var body = Unpacked(await response.Content.ReadAsStreamAsync(cancellationToken), recording.Coding);
        var isStream = recording.Status == 200 && response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var frames = new FrameReader(recording);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (isStream) frames.Add(buffer.AsSpan(0, read), now());
            else if (recording.OtherBody.Length < MostOfAnotherBody) recording.OtherBody += Encoding.UTF8.GetString(buffer, 0, read);
            // What follows the last frame says nothing, and a hop may keep the response open.
            if (frames.AtEnd) break;
        }
        recording.Ending = frames.AtEnd || !isStream ? Ending.Complete : Ending.Cut;
        if (recording.Ending == Ending.Cut) recording.Failure ??= "The response ended cleanly before its last frame";
    }

    private static Stream Unpacked(Stream body, string coding) => coding switch
    {
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => body,
    };
}
