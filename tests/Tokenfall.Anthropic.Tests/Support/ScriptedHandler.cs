using System.Net;

namespace Tokenfall.Tests;

/// <summary>Answers every request with what it is told, and keeps what was asked.</summary>
internal sealed class ScriptedHandler(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public ScriptedHandler(Func<HttpResponseMessage> answer) : this(_ => Task.FromResult(answer())) { }

    public HttpRequestMessage? Request { get; private set; }

    public string? RequestBody { get; private set; }

    public bool IsDisposed { get; private set; }

    public static HttpResponseMessage Response(int status, Stream body, string contentType = "text/event-stream; charset=utf-8")
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        response.Headers.TryAddWithoutValidation("request-id", "req_1");
        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = request;
        using var reader = new StreamReader(request.Content!.ReadAsStream(cancellationToken));
        RequestBody = reader.ReadToEnd();
        return answer(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
