namespace Tokenfall.Server.Tests.Support;

/// <summary>A proxy that publishes the server under a path: everything else there is another application's.</summary>
/// <param name="prefix">The path, such as <c>/ai</c>.</param>
/// <param name="strips">Whether it removes the path, as nginx does by <c>proxy_pass http://app/;</c>.</param>
/// <param name="tells">Whether it says so in <c>X-Forwarded-Prefix</c>.</param>
internal sealed class PrefixProxy(string prefix, bool strips, bool tells) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        if (!path.StartsWith(prefix + "/", StringComparison.Ordinal)) throw new InvalidOperationException($"{path} is not under {prefix}/.");
        if (strips) request.RequestUri = new Uri(request.RequestUri, path[prefix.Length..]);
        if (tells) request.Headers.Add("X-Forwarded-Prefix", prefix);
        return base.SendAsync(request, cancellationToken);
    }
}
