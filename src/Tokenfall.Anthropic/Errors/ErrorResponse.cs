namespace Tokenfall;

/// <summary>Reads a response that is not the stream hoped for.</summary>
internal sealed class ErrorResponse(AnthropicErrors errors, TimeProvider time)
{
    private const int LargestBody = 64 * 1024;
    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the response is an event stream.</summary>
    /// <exception cref="ModelException">It is anything else.</exception>
    public async Task ThrowIfNotStreamAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var contentType = ContentTypeOf(response);
        if (status == 200 && IsEventStream(contentType)) return;
        var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
        var error = ProviderError.Parse(body.Span);
        if (status == 200 && error.IsKnown) throw errors.InBand(error, RequestIdOf(response));
        if (status == 200) throw errors.NotAStream(contentType, RequestIdOf(response));
        throw errors.Refused(status, error, contentType, RequestIdOf(response), RetryAfterHeader.In(response.Headers, time));
    }

    public static string? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("request-id", out var values) ? values.ToString() : null;

    // A body that is too long, too slow or broken is of no use, but its status still is.
    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var buffer = new byte[LargestBody];
        try
        {
            var body = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token).ConfigureAwait(false);
            return buffer.AsMemory(0, length);
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested && broken is IOException or HttpRequestException or OperationCanceledException)
        {
            return default;
        }
    }

    // As sent: a header that the typed parser refuses is still what the log should show.
    private static string? ContentTypeOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    private static bool IsEventStream(ReadOnlySpan<char> contentType)
    {
        var parameters = contentType.IndexOf(';');
        return (parameters < 0 ? contentType : contentType[..parameters]).Trim().Equals("text/event-stream", StringComparison.OrdinalIgnoreCase);
    }
}
