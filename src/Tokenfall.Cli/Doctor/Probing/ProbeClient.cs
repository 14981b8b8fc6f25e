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
    private const int MaxOtherBody = 2000;

    private const int MaxRetries = 5;

    /// <summary>Reads a probe to its end. Failures of the path are recorded, not thrown.</summary>
    /// <param name="probe">The URL of the hop's probe endpoint.</param>
    /// <param name="variant">How to send the request.</param>
    /// <param name="request">What the probe is to send.</param>
    /// <param name="disconnect">Disconnects, as a reader who closes the page does.</param>
    /// <param name="cancellationToken">Ends the doctor's run.</param>
    public async Task<Recording> ReadAsync(
        Uri probe, ProbeVariant variant, ProbeRequest request, CancellationToken disconnect = default, CancellationToken cancellationToken = default)
    {
        for (var retries = 0; ; retries++)
        {
            var recording = await ReadOnceAsync(probe, variant, request, disconnect, cancellationToken);
            // The application limits the number of probes; another doctor may be running.
            if (recording.Status != 429 || recording.Header("Retry-After") is null || retries == MaxRetries) return recording;
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    /// <summary>Explains a failure by its innermost exception.</summary>
    public static string Reason(Exception broken)
    {
        while (broken.InnerException is { } inner) broken = inner;
        return broken is AuthenticationException ? TlsFailure.Reason(broken) : broken.Message;
    }

    /// <summary>Creates a handler that follows no redirects, keeps no cookies and decompresses nothing.</summary>
    public SocketsHttpHandler CreateHandler(Func<Stream, Stream>? wrap = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ResponseDrainTimeout = TimeSpan.Zero,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, errors) => access.Insecure || errors == SslPolicyErrors.None },
        PlaintextStreamFilter = wrap is null ? null : (context, _) => ValueTask.FromResult(wrap(context.PlaintextStream)),
    };

    /// <summary>Adds the key and the other headers that the user gave.</summary>
    public void AddHeaders(HttpRequestMessage message)
    {
        foreach (var (name, value) in access.Headers) message.Headers.TryAddWithoutValidation(name, value);
    }

    private async Task<Recording> ReadOnceAsync(Uri probe, ProbeVariant variant, ProbeRequest request, CancellationToken disconnect, CancellationToken cancellationToken)
    {
        var recording = new Recording(variant, request);
        CapturingStream? capture = null;
        var began = time.GetTimestamp();
        double Now() => time.GetElapsedTime(capture is { RequestSentAt: > 0 } ? capture.RequestSentAt : began).TotalMilliseconds;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(request.DurationMs + request.ExtraTimeout), time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, disconnect, cancellationToken);
        using var handler = CreateHandler(stream => capture = new CapturingStream(stream, time));
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        using var message = Message(probe, variant, request);
        try
        {
            using var response = await client.SendAsync(message, until.Token);
            recording.HeadersMs = Now();
            ReadHead(recording, response, capture!);
            await ReadBodyAsync(recording, response, Now, until.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            recording.Ending = Ending.Left;
            recording.Unreachable = capture is null && !disconnect.IsCancellationRequested;
            recording.Failure = disconnect.IsCancellationRequested ? null : recording.Unreachable ? "no connection within 5 s" : recording.Status is null ? "no response in time" : "The response did not end in time";
        }
        catch (HttpRequestException broken) when (recording.Status is null)
        {
            recording.Unreachable = capture is null && broken.HttpRequestError != HttpRequestError.VersionNegotiationError;
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
        var message = new HttpRequestMessage(new HttpMethod(variant.Method), request.UrlFor(probe))
        {
            Version = variant.Version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", variant.Coding);
        message.Headers.TryAddWithoutValidation("Last-Event-ID", request.LastEventId);
        if (variant.Method == "POST") message.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        AddHeaders(message);
        return message;
    }

    private static void ReadHead(Recording recording, HttpResponseMessage response, CapturingStream capture)
    {
        recording.Status = (int)response.StatusCode;
        recording.Headers.AddRange(recording.Variant.Wire == Wire.Http2Tls
            ? response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)))
            : capture.HeaderLines());
    }

    private static async Task ReadBodyAsync(Recording recording, HttpResponseMessage response, Func<double> now, CancellationToken cancellationToken)
    {
        await using var body = Decompressed(await response.Content.ReadAsStreamAsync(cancellationToken), recording.Coding);
        var isStream = recording.Status == 200 && response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var frames = new FrameReader(recording);
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (isStream) frames.Add(buffer.AsSpan(0, read), now());
            else if (recording.OtherBody.Length < MaxOtherBody) recording.OtherBody += Encoding.UTF8.GetString(buffer, 0, read);
            // What follows the last frame does not matter, and a hop may keep the response open.
            if (frames.AtEnd) break;
        }
        recording.Ending = frames.AtEnd || !isStream ? Ending.Complete : Ending.Cut;
        if (recording.Ending == Ending.Cut) recording.Failure ??= "The response ended cleanly before its last frame";
    }

    private static Stream Decompressed(Stream body, string coding) => coding switch
    {
        "gzip" => new GZipStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => body,
    };
}
