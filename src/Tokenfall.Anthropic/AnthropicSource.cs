using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Asks a model of Anthropic's through the Messages API (https://docs.claude.com/en/api/messages-streaming).</summary>
/// <remarks>
/// Thread-safe; one for the application. The provider's escaped text goes into the run's log as it came on the wire.
/// A run is complete at <c>message_stop</c> and at nothing else. Nothing is retried here. An option that the API does not have is refused before
/// anything is sent; without <c>MaxOutputTokens</c> an answer may have 2048 tokens.
/// </remarks>
public sealed class AnthropicSource : IModelSource, IReadOnlySource, IDisposable
{
    // Far beyond a fetched page or a file in one block, and a fraction of what a run may hold. docs/events.md names it.
    private const int LargestEvent = 16 * 1024 * 1024;

    // For bodies that need a buffer to copy: one for each live run, and a token takes about 150 bytes.
    private const int CopySize = 1024;

    private readonly HttpClient _http;
    private readonly AnthropicRequest _requests;
    private readonly AnthropicErrors _errors;
    private readonly ErrorResponse _responses;
    private readonly TimeProvider _time;
    private readonly bool _sendsOnce;

    /// <summary>Creates the source and its handler.</summary>
    /// <param name="options">The settings; read once.</param>
    /// <param name="time">Bounds the waits for what a provider may still send after an error or after the answer.</param>
    /// <exception cref="OptionsValidationException">The settings cannot work, or the key is missing; the message says what to set.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="time"/> is null.</exception>
    public AnthropicSource(IOptions<AnthropicOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var settings = options.Value;
        var problems = AnthropicOptionsValidator.ProblemsOf(settings).ToList();
        if (problems.Count > 0) throw new OptionsValidationException(Options.DefaultName, typeof(AnthropicOptions), problems);
        _requests = new AnthropicRequest(settings);
        _errors = new AnthropicErrors(_requests.Address, settings.ApiKey!);
        _responses = new ErrorResponse(_errors, time);
        _time = time;
        // The watchdog bounds the waits; the client's own timeout would cut long answers.
        _http = new HttpClient(settings.CreateHandler?.Invoke() ?? AnthropicHandler.Create()) { Timeout = Timeout.InfiniteTimeSpan };
        Model = settings.Model;
        // The application's handler may have a resilience handler in its chain.
        _sendsOnce = settings.CreateHandler is null;
    }

    /// <inheritdoc/>
    public string? Model { get; }

    bool IReadOnlySource.SendsOnce => _sendsOnce;

    string IModelSource.Redact(string text) => _errors.Redact(text);

    /// <inheritdoc/>
    public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(writer);
        // A method of its own streams: the conversation must not be held in memory for as long as the answer takes.
        return StreamAsync(_requests.Create(request), writer, cancellationToken);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task StreamAsync(HttpRequestMessage message, RunWriter writer, CancellationToken cancellationToken)
    {
        var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        writer.UpstreamRequest(_errors.Word(ErrorResponse.RequestIdOf(response)));
        var complete = false;
        try
        {
            await _responses.ThrowIfNotStreamAsync(response, cancellationToken).ConfigureAwait(false);
            complete = await ReadAsync(response, writer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A response that broke off or was stopped is closed at once; one that is complete may give its connection back.
            if (complete) _ = ResponseDrainer.ReadAsync(response, _time);
            else response.Dispose();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var message = request;
        try
        {
            return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is HttpRequestException or OperationCanceledException)
        {
            throw _errors.Unreachable(failure);
        }
    }

    private async Task<bool> ReadAsync(HttpResponseMessage response, RunWriter writer, CancellationToken cancellationToken)
    {
        var requestId = ErrorResponse.RequestIdOf(response);
        var message = new MessageEventHandler(writer, _errors, requestId);
        var answer = new ResponseBodySink(writer, message, LargestEvent);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await body.CopyToAsync(answer, CopySize, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (answer.IsComplete)
        {
            // Whatever a body makes of what its destination throws.
            return true;
        }
        catch (InvalidDataException endless)
        {
            throw _errors.TooLong(endless, requestId);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is IOException or HttpRequestException)
        {
            throw _errors.BrokenOff(failure, requestId);
        }
        if (message.HasContent) return false;
        // Nothing was said yet: that can be tried again.
        throw answer.UnframedError is { IsKnown: true } error ? _errors.InBand(error, requestId) : _errors.Empty(requestId);
    }
}
