using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.Testing.Messages;

/// <summary>A whole message, for requests without <c>stream: true</c>.</summary>
internal static class WholeAnswer
{
    internal static async Task SendAsync(HttpContext context, ModelCall call, ModelScript script, string model)
    {
        call.WillEnd(ModelCallOutcome.Completed);
        context.Response.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter, EventFrames.Json))
            Write(json, call, script, model);
        await context.Response.CompleteAsync().ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, ModelCall call, ModelScript script, string model)
    {
        json.WriteStartObject();
        json.WriteString("id", StreamAnswer.MessageId(call));
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", model);
        json.WriteStartArray("content");
        WriteContent(json, script);
        json.WriteEndArray();
        json.WriteString("stop_reason", script.StopReason);
        json.WriteNull("stop_sequence");
        EventFrames.WriteUsage(json, script.InputTokens, script.OutputTokens ?? ScriptFrames.Of(script).Tokens);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, ModelScript script)
    {
        if (script.Thinking is not null)
        {
            json.WriteStartObject();
            json.WriteString("type", "thinking");
            json.WriteString("thinking", script.Thinking);
            json.WriteString("signature", ScriptFrames.Signature);
            json.WriteEndObject();
        }

        if (script.Tokens.Count > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", script.Text);
            json.WriteEndObject();
        }

        for (var i = 0; i < script.Tools.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("type", "tool_use");
            json.WriteString("id", ScriptFrames.ToolId(script.Tools[i], i));
            json.WriteString("name", script.Tools[i].Name);
            json.WritePropertyName("input");
            json.WriteRawValue(script.Tools[i].InputJson, skipInputValidation: true);
            json.WriteEndObject();
        }
    }
}
