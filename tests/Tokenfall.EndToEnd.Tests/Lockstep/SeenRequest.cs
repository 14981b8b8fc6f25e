using Microsoft.AspNetCore.Http;

namespace Tokenfall.EndToEnd.Tests.Lockstep;

/// <summary>A request as the application saw it.</summary>
internal sealed record SeenRequest(string ConnectionId, string Protocol, string Host, string ForwardedFor, string ForwardedProto)
{
    public static SeenRequest From(HttpContext context) => new(
        context.Connection.Id,
        context.Request.Protocol,
        context.Request.Host.ToString(),
        context.Request.Headers["X-Forwarded-For"].ToString(),
        context.Request.Headers["X-Forwarded-Proto"].ToString());
}
