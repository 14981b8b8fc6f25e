using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.AspNetCore;

/// <summary>Where each parameter of a mapped delegate comes from: read once, when the endpoint is mapped.</summary>
[RequiresUnreferencedCode("Parameters and their types are read by reflection.")]
internal sealed class DelegateBinding
{
    private static readonly Type[] RequestBound =
    [
        typeof(HttpContext), typeof(HttpRequest), typeof(HttpResponse), typeof(IHttpContextAccessor),
        typeof(IFormCollection), typeof(IFormFile), typeof(IFormFileCollection), typeof(Stream), typeof(PipeReader),
    ];

    private const string Instead = "Take the JSON body, services, a ClaimsPrincipal, or values of the route or query instead.";

    private readonly List<ParameterSource> _sources;

    private readonly Delegate _handler;

    private DelegateBinding(Delegate handler, List<ParameterSource> sources, Type? bodyType)
    {
        ReturnsTexts = typeof(IAsyncEnumerable<string>).IsAssignableFrom(handler.Method.ReturnType);
        _handler = handler;
        _sources = sources;
        BodyType = bodyType;
    }

    public Type? BodyType { get; }

    /// <summary>Whether the handler returns texts instead of updates.</summary>
    public bool ReturnsTexts { get; }

    public static DelegateBinding Create(Delegate handler, string pattern, Func<Type, bool> isService)
    {
        var returned = handler.Method.ReturnType;
        if (!typeof(IAsyncEnumerable<ChatResponseUpdate>).IsAssignableFrom(returned) && !typeof(IAsyncEnumerable<string>).IsAssignableFrom(returned))
            throw new ArgumentException($"The delegate for MapTokenfall(\"{pattern}\") must return IAsyncEnumerable<ChatResponseUpdate> or IAsyncEnumerable<string>; it returns {returned.Name}.", nameof(handler));
        Type? bodyType = null;
        var sources = new List<ParameterSource>();
        foreach (var parameter in handler.Method.GetParameters())
        {
            if (RequestBound.Contains(parameter.ParameterType))
                throw Unusable(parameter, pattern, $"belongs to the request, but the delegate runs for the run, which outlives it. {Instead}");
            if (parameter.GetCustomAttributes(true).Any(attribute => attribute is IFromHeaderMetadata or IFromFormMetadata or AsParametersAttribute))
                throw Unusable(parameter, pattern, $"is marked to come from where these endpoints do not read. {Instead}");
            var source = Find(parameter, isService);
            if (source is BodySource)
            {
                if (bodyType is not null) throw Unusable(parameter, pattern, "is the second one that would come from the body. Register it as a service, or put both into one type.");
                bodyType = parameter.ParameterType;
            }
            sources.Add(source);
        }
        return new DelegateBinding(handler, sources, bodyType);
    }

    /// <summary>Takes what comes from the request now; what comes from the run is added when the handler is called.</summary>
    public Func<IServiceProvider, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> Bind(HttpContext context, object? body)
    {
        object?[] requestValues = [.. _sources.Select(source => source.FromRequest(context, body))];
        return (services, run) =>
        {
            object?[] arguments = [.. _sources.Select((source, i) => source.FromRun(services, run) ?? requestValues[i])];
            var answer = _handler.Method.Invoke(_handler.Target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
            return ReturnsTexts ? TextUpdates.Of((IAsyncEnumerable<string>)answer) : (IAsyncEnumerable<ChatResponseUpdate>)answer;
        };
    }

    private static ParameterSource Find(ParameterInfo parameter, Func<Type, bool> isService)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken)) return new TokenSource();
        if (type == typeof(ClaimsPrincipal)) return new UserSource();
        if (Marked<FromKeyedServicesAttribute>(parameter) is { } keyed) return new KeyedServiceSource(type, keyed.Key);
        if (Marked<IFromBodyMetadata>(parameter) is not null) return new BodySource();
        if (isService(type)) return new ServiceSource(type);
        if (Marked<IFromQueryMetadata>(parameter) is { } query) return new TextSource(parameter, query.Name, routeToo: false);
        var route = Marked<IFromRouteMetadata>(parameter);
        return route is not null || TextSource.CanParse(type) ? new TextSource(parameter, route?.Name, routeToo: true) : new BodySource();
    }

    private static T? Marked<T>(ParameterInfo parameter) where T : class => parameter.GetCustomAttributes(true).OfType<T>().FirstOrDefault();

    private static ArgumentException Unusable(ParameterInfo parameter, string pattern, string why) =>
        new($"Parameter '{parameter.Name}' ({parameter.ParameterType.Name}) of the delegate for MapTokenfall(\"{pattern}\") {why}");
}
