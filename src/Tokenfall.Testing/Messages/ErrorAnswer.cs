using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tokenfall.Testing.Scripts;

namespace Tokenfall.Testing.Messages;

/// <summary>An error status with the body that the Anthropic API sends.</summary>
internal static class ErrorAnswer
{
    internal static Task SendAsync(HttpContext context, ModelCall call, int status, string type, string message) =>
        SendAsync(context, call, new StatusFault(status, type, message, RetryAfter: null, ErrorCode: null));

    internal static async Task SendAsync(HttpContext context, ModelCall call, StatusFault fault)
    {
        call.WillEnd(ModelCallOutcome.Faulted);
        var response = context.Response;
        response.StatusCode = fault.HttpStatus;
        response.ContentType = "application/json";
        if (fault.RetryAfter is { } after)
            response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        using (var json = new Utf8JsonWriter(response.BodyWriter, EventFrames.Json))
        {
            json.WriteStartObject();
            json.WriteString("type", "error");
            json.WriteStartObject("error");
            json.WriteString("type", fault.ErrorType);
            json.WriteString("message", fault.Message);
            if (fault.ErrorCode is not null)
            {
                json.WriteStartObject("details");
                json.WriteString("error_code", fault.ErrorCode);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteString("request_id", call.RequestId);
            json.WriteEndObject();
        }

        await response.CompleteAsync().ConfigureAwait(false);
    }
}
