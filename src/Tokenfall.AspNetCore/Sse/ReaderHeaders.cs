using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>What readers promise, and how they are named.</summary>
internal static class ReaderHeaders
{
    private const string Resume = "Tokenfall-Resume";
    private const string Reader = "Tokenfall-Reader";

    /// <summary>
    /// Whether the reader has promised to return after a lost connection: by a GET, by saying so, or by having returned. A plain POST, sent by hand,
    /// would not come back.
    /// </summary>
    public static bool PromisesToReturn(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || request.Headers[Resume] == "1" || request.Headers.ContainsKey(LastEventId.Header);

    /// <summary>Names the response's reader, so that it can say good-bye and be recognised when it returns.</summary>
    public static void Name(HttpResponse response, RunReader reader) => response.Headers[Reader] = reader.Id;

    /// <summary>The reader whose place the request takes; null if it names none.</summary>
    public static string? Predecessor(HttpRequest request) => request.Headers[Reader] is [{ Length: > 0 } id] ? id : null;
}
