using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tokenfall.AspNetCore;

/// <summary>Reads the body of a typed handler from the request, before the request is gone. Needs no reflection.</summary>
internal sealed class TypedRequestReader<TBody>(
    JsonTypeInfo<TBody> bodyType,
    Func<TBody, RunContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> handler,
    IServiceProvider services) : IRunRequestReader
    where TBody : notnull
{
    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();
    private readonly TokenfallHttpOptions _options = services.GetRequiredService<IOptions<TokenfallHttpOptions>>().Value;
    private readonly UpstreamOptions _upstream = services.GetRequiredService<IOptions<TokenfallOptions>>().Value.Upstream;

    public async Task<RunRequest> ReadAsync(HttpContext context, IRunProtocol protocol)
    {
        var bytes = await RequestBody.ReadAsync(context.Request, _options.MaxBodySize);
        var body = (TBody)JsonBody.Parse(context.Request, bytes, bodyType);
        BodyValidation.CheckItself(body);
        JsonBody.RequireValues(body, bodyType);
        // Copied: the request's own objects are used again when it is over.
        var user = context.User;
        var routeValues = new RouteValueDictionary(context.Request.RouteValues);
        var source = new DelegateSource(
            (services, run) => handler(body, new RunContext { Services = services, User = user, RouteValues = routeValues }, run), _scopes);
        return source.ToRunRequest(context, bytes, _upstream);
    }
}
