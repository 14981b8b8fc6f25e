using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Writes the tools and how the model may use them (https://docs.claude.com/en/docs/agents-and-tools/tool-use).</summary>
internal static class RequestTools
{
    public static void Write(Utf8JsonWriter json, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 } tools)
        {
            if (options.ToolMode is RequiredChatToolMode) throw Unsupported.Option(nameof(options.ToolMode), "requires a tool, and there is none in ChatOptions.Tools");
            return;
        }
        json.WriteStartArray("tools");
        foreach (var tool in tools) WriteTool(json, tool);
        json.WriteEndArray();
        WriteChoice(json, options);
    }

    private static void WriteTool(Utf8JsonWriter json, AITool tool)
    {
        json.WriteStartObject();
        if (tool is AIFunctionDeclaration function)
        {
            json.WriteString("name", function.Name);
            if (!string.IsNullOrEmpty(function.Description)) json.WriteString("description", function.Description);
            WriteSchema(json, function.JsonSchema);
        }
        else if (tool is HostedWebSearchTool)
        {
            json.WriteString("type", "web_search_20250305");
            json.WriteString("name", "web_search");
        }
        else
        {
            throw Unsupported.Request($"ChatOptions.Tools has a {tool.GetType().Name}, which is not supported by the Messages API here. Remove it for this model.");
        }
        json.WriteEndObject();
    }

    // The API wants an object's schema, also of a function without parameters.
    private static void WriteSchema(Utf8JsonWriter json, JsonElement schema)
    {
        json.WriteStartObject("input_schema");
        var isObject = schema.ValueKind == JsonValueKind.Object;
        if (!isObject || !schema.TryGetProperty("type", out _)) json.WriteString("type", "object");
        if (isObject)
            foreach (var member in schema.EnumerateObject()) member.WriteTo(json);
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatOptions options)
    {
        var oneAtATime = options.AllowMultipleToolCalls is false;
        if (options.ToolMode is null or AutoChatToolMode && !oneAtATime) return;
        var name = (options.ToolMode as RequiredChatToolMode)?.RequiredFunctionName;
        json.WriteStartObject("tool_choice");
        json.WriteString("type", options.ToolMode switch
        {
            null or AutoChatToolMode => "auto",
            NoneChatToolMode => "none",
            RequiredChatToolMode => name is null ? "any" : "tool",
            _ => throw Unsupported.Option(nameof(options.ToolMode)),
        });
        if (name is not null) json.WriteString("name", name);
        if (oneAtATime && options.ToolMode is not NoneChatToolMode) json.WriteBoolean("disable_parallel_tool_use", true);
        json.WriteEndObject();
    }
}
