using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Reads what a mapped delegate asks for from the request, before the request is gone.</summary>
internal sealed class DelegateRequestReader(DelegateBinding binding, IServiceProvider services) : IRunRequestReader
{
    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();
    private readonly JsonSerializerOptions _json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
    private readonly TokenfallHttpOptions _options = services.GetRequiredService<IOptions<TokenfallHttpOptions>>().Value;
    private readonly UpstreamOptions _upstream = services.GetRequiredService<IOptions<TokenfallOptions>>().Value.Upstream;

    public async Task<RunRequest> ReadAsync(HttpContext context, IRunProtocol protocol)
    {
        var bytes = await RequestBody.ReadAsync(context.Request, _options.MaxBodySize);
        var body = binding.BodyType is { } type ? Parse(context.Request, bytes, type) : null;
        var source = new DelegateSource(binding, binding.BindRequest(context, body), _scopes);
        return new RunRequest(source, new ModelRequest([], new ChatOptions { MaxOutputTokens = _upstream.MaxTokens }), Caller.OwnerOf(context.User))
        {
            Key = IdempotencyKeyHeader.From(context, () => bytes),
        };
    }

    private object Parse(HttpRequest request, byte[] bytes, Type type)
    {
        if (!RequestBody.IsJson(request)) throw RequestProblems.WrongContentType("application/json (in UTF-8)");
        try
        {
            var body = JsonSerializer.Deserialize(bytes, type, _json) ?? throw new JsonException(null, "$", 0, 0);
            BodyValidation.Check(body);
            return body;
        }
        catch (JsonException malformed)
        {
            throw RequestProblems.MalformedJson(malformed);
        }
    }
}
