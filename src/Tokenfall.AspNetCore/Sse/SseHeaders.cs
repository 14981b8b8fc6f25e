using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Tokenfall.AspNetCore;

/// <summary>Headers that make every hop pass events on as they come.</summary>
internal static class SseHeaders
{
    public const string ContentType = "text/event-stream";

    public static bool IsEventStream(MediaTypeHeaderValue type) => type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    public static void Apply(HttpContext context)
    {
        // The application's own compression reads it when the body begins. It would cost each stream a quarter of a megabyte.
        context.Request.Headers.AcceptEncoding = default;
        ApplyBare(context);
        var headers = context.Response.Headers;
        // no-transform keeps compressors off: several hold an event back until the next one.
        headers.CacheControl = "no-cache, no-transform";
        // nginx, and servers built on it, follow this one.
        headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>What an application sends that takes no care of what is in front of it: the content type, and nothing for the hops.</summary>
    public static void ApplyBare(HttpContext context)
    {
        context.Response.Headers.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-cache";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
