using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Tokenfall.AspNetCore;

/// <summary>Reads a prompt or a conversation, as form, JSON or query, for the application's model.</summary>
internal sealed class ModelRequestReader(IServiceProvider services) : IRunRequestReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };

    private readonly IModelSource _source = services.GetRequiredService<IModelSource>();
    private readonly TokenfallOptions _options = services.GetRequiredService<IOptions<TokenfallOptions>>().Value;

    public async Task<RunRequest> ReadAsync(HttpContext context)
    {
        var body = await ReadBodyAsync(context.Request);
        var messages = PromptValidator.Messages(body, _options.MaxPromptLength);
        var request = new ModelRequest(messages, _options.Upstream.MaxTokens);
        return new RunRequest(_source, request, Caller.OwnerOf(context.User))
        {
            Disconnect = PromptValidator.Disconnect(body.Disconnect),
            Key = IdempotencyKeyHeader.From(context, () => JsonSerializer.SerializeToUtf8Bytes(body, Json)),
        };
    }

    private async Task<RunRequestBody> ReadBodyAsync(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method)) return Fields(name => request.Query[name]);
        if (RequestBody.IsJson(request)) return Parse(await RequestBody.ReadAsync(request, _options.MaxBodySize));
        if (!request.HasFormContentType) throw RequestProblem.WrongContentType("application/json (in UTF-8), or a form with the field prompt");
        var form = await RequestBody.ReadFormAsync(request, _options.MaxBodySize);
        return Fields(name => form[name]);
    }

    private static RunRequestBody Fields(Func<string, StringValues> field) =>
        new() { Prompt = Single(field("prompt"), "prompt"), Disconnect = Single(field("disconnect"), "disconnect") };

    // Two values would be joined by a comma: a prompt that nobody wrote.
    private static string? Single(StringValues values, string field) => values.Count <= 1 ? values.ToString()
        : throw RequestProblem.BadInput("malformed_form", "A field is there twice", $"Send the field {field} once.");

    private static RunRequestBody Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRequestBody>(body, Json) ?? throw new JsonException(null, "$", 0, 0);
        }
        catch (JsonException malformed)
        {
            throw RequestProblem.MalformedJson(malformed, """ Send {"prompt": "…"} or {"messages": [{"role": "user", "content": "…"}]}; a message has a role and a content, and nothing else.""");
        }
    }
}
