using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.AspNetCore;

/// <summary>Where one parameter's value comes from: the request, or the run that outlives it.</summary>
internal abstract record ParameterSource
{
    public virtual object? FromRequest(HttpContext context, object? body) => null;

    public virtual object? FromRun(IServiceProvider services, CancellationToken run) => null;
}

internal sealed record BodySource : ParameterSource
{
    public override object? FromRequest(HttpContext context, object? body) => body;
}

internal sealed record UserSource : ParameterSource
{
    public override ClaimsPrincipal FromRequest(HttpContext context, object? body) => context.User;
}

internal sealed record TokenSource : ParameterSource
{
    public override object? FromRun(IServiceProvider services, CancellationToken run) => run;
}

internal sealed record ServiceSource(Type Type) : ParameterSource
{
    public override object FromRun(IServiceProvider services, CancellationToken run) => services.GetRequiredService(Type);
}

internal sealed record KeyedServiceSource(Type Type, object? Key) : ParameterSource
{
    public override object FromRun(IServiceProvider services, CancellationToken run) => services.GetRequiredKeyedService(Type, Key);
}
