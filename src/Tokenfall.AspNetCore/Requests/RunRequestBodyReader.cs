using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Tokenfall.AspNetCore;

/// <summary>Reads a prompt or a conversation, as form, JSON or query.</summary>
internal sealed class RunRequestBodyReader(TokenfallHttpOptions options)
{
    public async Task<ProtocolRequest> ReadAsync(HttpRequest request)
    {
        var body = await ReadBodyAsync(request);
        var turn = ConversationRequests.TurnOf(body);
        return new ProtocolRequest(turn is { Text: null } ? [] : PromptValidator.Messages(body))
        {
            Turn = turn,
            Model = body.Model is { ValueKind: not JsonValueKind.Null } model ? model.ToString() : null,
            // Where the endpoint does not let callers set them, these fields are ignored.
            Options = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<RequestOptionLimits>() is null ? RequestOptions.None : RequestOptionsReader.Read(body),
            Disconnect = PromptValidator.Disconnect(body.Disconnect),
            Content = () => JsonSerializer.SerializeToUtf8Bytes(body, RunJsonContext.Default.RunRequestBody),
        };
    }

    private async Task<RunRequestBody> ReadBodyAsync(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method)) return Fields(name => request.Query[name]);
        if (RequestBody.IsJson(request)) return Parse(await RequestBody.ReadAsync(request, options.MaxBodySize));
        if (!request.HasFormContentType) throw RequestProblems.WrongContentType("application/json (in UTF-8), or a form with the field prompt");
        var form = await RequestBody.ReadFormAsync(request, options.MaxBodySize);
        return Fields(name => form[name]);
    }

    private static RunRequestBody Fields(Func<string, StringValues> field) => new()
    {
        Prompt = Single(field("prompt"), "prompt"),
        Conversation = Optional(field("conversation"), "conversation"),
        Parent = Optional(field("parent"), "parent"),
        Question = Optional(field("question"), "question"),
        Disconnect = Single(field("disconnect"), "disconnect"),
        Model = Single(field("model"), "model") is { Length: > 0 } model ? JsonSerializer.SerializeToElement(model, RunJsonContext.Default.String) : null,
    };

    // Two values would be joined by a comma: a prompt that nobody wrote.
    private static string? Single(StringValues values, string field) => values.Count <= 1 ? values.ToString()
        : throw RequestProblems.BadInput("malformed_form", "A field was sent twice", $"Send the field {field} once.");

    private static string? Optional(StringValues values, string field) => Single(values, field) is { Length: > 0 } value ? value : null;

    private static RunRequestBody Parse(byte[] body)
    {
        try
        {
            var read = JsonSerializer.Deserialize(body, RunJsonContext.Default.RunRequestBody) ?? throw new JsonException(null, "$", 0, 0);
            RequireText(read.Model, "$.model");
            RequireText(read.Temperature, "$.temperature");
            RequireText(read.MaxTokens, "$.max_tokens");
            RequireText(read.ReasoningEffort, "$.reasoning_effort");
            return read;
        }
        catch (JsonException malformed)
        {
            throw RequestProblems.MalformedJson(malformed, """ Send {"prompt": "…"} or {"messages": [{"role": "user", "content": "…"}]}; a message has a role and a content, and nothing else.""");
        }
    }

    // The other fields are texts by their type. These may be anything, and are read later: malformed UTF-8, or half a surrogate pair, is refused here.
    private static void RequireText(JsonElement? value, string path)
    {
        if (value is not { ValueKind: JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object } element) return;
        if (!Utf8.IsValid(JsonMarshal.GetRawUtf8Value(element))) throw new JsonException("It is not UTF-8.", path, 0, 0);
        try
        {
            _ = JsonSerializer.SerializeToUtf8Bytes(element, RunJsonContext.Default.JsonElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new JsonException(broken.Message, path, 0, 0);
        }
    }
}
