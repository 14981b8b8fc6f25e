using Microsoft.Extensions.AI;

namespace Tokenfall;

/// <summary>Reads the calls and results of all kinds of tools as one kind.</summary>
internal static class ChatTools
{
    /// <summary>A call's tool and arguments, and whether the provider runs it.</summary>
    public static (string Name, byte[] Input, bool IsProviders) Describe(ToolCallContent call) => call switch
    {
        // Arguments that the client could not read are not lost in silence: the call is incomplete.
        FunctionCallContent { Arguments: null, Exception: not null } function => (function.Name, [], false),
        FunctionCallContent function => (function.Name, ChatJson.Of(function.Arguments), false),
        McpServerToolCallContent mcp => (mcp.Name, ChatJson.Of(mcp.Arguments), true),
        WebSearchToolCallContent search => ("web_search", ChatJson.OfObject("queries", ChatJson.Of(search.Queries)), true),
        CodeInterpreterToolCallContent code => ("code_interpreter", ChatJson.OfObject("inputs", ChatJson.OfContents(code.Inputs)), true),
        ImageGenerationToolCallContent => ("image_generation", "{}"u8.ToArray(), true),
        _ => (call.GetType().Name, "{}"u8.ToArray(), true),
    };

    /// <summary>A result's output for readers, the contents in it that are events of their own, and whether the tool failed.</summary>
    public static (byte[] Output, IEnumerable<AIContent> Outputs, bool IsError) Describe(ToolResultContent result) => result switch
    {
        // What an exception says is this server's, not the reader's.
        FunctionResultContent function => (ChatJson.Of(function.Result), [], function.Exception is not null),
        McpServerToolResultContent mcp => Describe(mcp.Outputs),
        WebSearchToolResultContent search => Describe(search.Outputs),
        CodeInterpreterToolResultContent code => Describe(code.Outputs),
        ImageGenerationToolResultContent image => Describe(image.Outputs),
        _ => ("null"u8.ToArray(), [], false),
    };

    /// <summary>Whether the data is text, such as a program's.</summary>
    public static bool IsText(DataContent data) => data.HasTopLevelMediaType("text");

    private static (byte[] Output, IEnumerable<AIContent> Outputs, bool IsError) Describe(IList<AIContent>? outputs) =>
        (ChatJson.OfContents(outputs), outputs ?? [], outputs?.Any(output => output is ErrorContent) == true);
}
