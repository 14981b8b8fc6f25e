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

    /// <summary>Refuses a body without a value that its type says is never null: the field is missing, or another name was sent.</summary>
    /// <exception cref="RequestProblemException">A value is missing; the words name the field.</exception>
    public static void RequireValues(object body, JsonTypeInfo type)
    {
        var missing = type.Properties.FirstOrDefault(property => !property.IsGetNullable && property.Get is { } get && get(body) is null);
        if (missing is not null) throw RequestProblems.InvalidBody($"The field {missing.Name} is missing or null.");
    }
}
