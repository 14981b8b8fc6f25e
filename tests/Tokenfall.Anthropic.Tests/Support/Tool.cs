namespace Tokenfall.Tests;

/// <summary>A tool event's payload.</summary>
internal sealed record Tool(string? Id, string? Name, JsonElement Input, JsonElement Output, bool IsError, bool IsIncomplete, bool IsProviders)
{
    public static Tool Of(string payload)
    {
        var root = JsonDocument.Parse(payload).RootElement;
        JsonElement Get(string name) => root.TryGetProperty(name, out var value) ? value : default;
        return new Tool(root.GetProperty("id").GetString(), Get("name") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null, Get("input"), Get("output"), IsTrue("error"), IsTrue("incomplete"), IsTrue("provider_executed"));

        bool IsTrue(string name) => Get(name).ValueKind == JsonValueKind.True;
    }
}
