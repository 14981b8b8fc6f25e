using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tokenfall.Testing.Calls;
using Tokenfall.Testing.Pacing;
using Tokenfall.Testing.Scripts;

namespace Tokenfall.Testing.Messages;

/// <summary>
/// The server's one endpoint, <c>POST /v1/messages</c>: records each request, refuses what the real API refuses, plays a script.
/// </summary>
internal sealed class MessagesApi(
    ModelServerOptions options, Pacer pacer, TrafficCount traffic, Func<ModelScript> nextScript, Action<ModelCall> record)
    : IHttpApplication<HttpContext>
{
    private static readonly string[] RequiredFields = ["model", "max_tokens", "messages"];

    private int _requests;
    private volatile bool _stopping;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        var call = new ModelCall(context.Request, body, $"req_{Interlocked.Increment(ref _requests):D24}", options.TimeProvider);
        context.Response.Headers["request-id"] = call.RequestId;
        record(call);
        traffic.Request();

        var wait = new PacedWait(pacer, options.TimeProvider);
        using var leaving = context.RequestAborted.UnsafeRegister(_ =>
        {
            Close(call);
            wait.Cancel();
        }, null);
        try
        {
            await AnswerAsync(context, call, wait).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client disconnected, which is already recorded.
        }
        finally
        {
            Close(call);
        }
    }

    /// <summary>Records calls that are cut from now on as <see cref="ModelCallOutcome.ServerStopped"/>.</summary>
    internal void Stop() => _stopping = true;

    private void Close(ModelCall call) => call.Close(_stopping ? ModelCallOutcome.ServerStopped : ModelCallOutcome.ClientLeft);

    private Task AnswerAsync(HttpContext context, ModelCall call, PacedWait wait)
    {
        var request = context.Request;
        if (request.Path != "/v1/messages")
            return ErrorAnswer.SendAsync(context, call, 404, "not_found_error", $"Not found: {request.Path}");
        if (!HttpMethods.IsPost(request.Method))
            return ErrorAnswer.SendAsync(context, call, 405, "invalid_request_error", "Method Not Allowed");
        if (!IsAuthorized(request.Headers))
            return ErrorAnswer.SendAsync(context, call, 401, "authentication_error", "invalid x-api-key");
        if (request.Headers["anthropic-version"].Count == 0)
            return ErrorAnswer.SendAsync(context, call, 400, "invalid_request_error", "anthropic-version: header is required");

        try
        {
            using var json = JsonDocument.Parse(call.Body);
            var root = json.RootElement;
            foreach (var field in RequiredFields)
            {
                if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(field, out _))
                    return ErrorAnswer.SendAsync(context, call, 400, "invalid_request_error", $"{field}: Field required");
            }

            var stream = root.TryGetProperty("stream", out var wanted) && wanted.ValueKind == JsonValueKind.True;
            return PlayAsync(context, call, wait, root.GetProperty("model").ToString(), stream);
        }
        catch (JsonException e)
        {
            return ErrorAnswer.SendAsync(context, call, 400, "invalid_request_error", $"The request body is not valid JSON: {e.Message}");
        }
    }

    private async Task PlayAsync(HttpContext context, ModelCall call, PacedWait wait, string model, bool stream)
    {
        var script = nextScript();
        var time = options.TimeProvider;
        await wait.UntilAsync(time.GetTimestamp(), script.HeaderDelay).ConfigureAwait(false);
        switch (script.Fault)
        {
            case StatusFault status:
                await ErrorAnswer.SendAsync(context, call, status).ConfigureAwait(false);
                break;
            case NoHeadersFault:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted).ConfigureAwait(false);
                break;
            case HangUpFault:
            case StreamFault when !stream:
                call.WillEnd(ModelCallOutcome.Faulted);
                context.Abort();
                break;
            case null or StreamFault when stream:
                await new StreamAnswer(context, call, script, wait, time, traffic).SendAsync(model).ConfigureAwait(false);
                break;
            default:
                if (script.Hold is { } gate)
                    await gate.PassAsync(context.RequestAborted).ConfigureAwait(false);
                await wait.UntilAsync(time.GetTimestamp(), script.DueTime(ScriptFrames.Of(script).Tokens - 1)).ConfigureAwait(false);
                await WholeAnswer.SendAsync(context, call, script, model).ConfigureAwait(false);
                break;
        }
    }

    private bool IsAuthorized(IHeaderDictionary headers) =>
        options.ApiKey is not { } key || headers["x-api-key"] == key || headers.Authorization == $"Bearer {key}";
}
