using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Reads a JSON body as the type that a handler asks for.</summary>
internal static class JsonBody
{
    /// <exception cref="RequestProblemException">The body is not JSON, not of this type, or <c>null</c>.</exception>
    public static object Parse(HttpRequest request, byte[] bytes, JsonTypeInfo type)
    {
        if (!RequestBody.IsJson(request)) throw RequestProblems.WrongContentType("application/json (in UTF-8)");
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException(null, "$", 0, 0);
        }
        catch (JsonException malformed)
        {
            throw RequestProblems.MalformedJson(malformed);
        }
    }
}
