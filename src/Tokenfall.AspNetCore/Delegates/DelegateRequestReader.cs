using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Reads what a mapped delegate asks for from the request, before the request is gone.</summary>
[RequiresUnreferencedCode("Validation attributes are read by reflection.")]
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
        var source = new DelegateSource(binding.Bind(context, body), _scopes);
        return source.ToRunRequest(context, bytes, _upstream);
    }

    private object Parse(HttpRequest request, byte[] bytes, Type type)
    {
        var json = _json.GetTypeInfo(type);
        var body = JsonBody.Parse(request, bytes, json);
        BodyValidation.Check(body);
        JsonBody.RequireValues(body, json);
        return body;
    }
}
