namespace Tokenfall.Testing;

/// <summary>A tool call that the model makes: a <c>tool_use</c> block.</summary>
public sealed record ModelToolUse
{
    /// <summary>Creates the call.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="inputJson">The tool's input as JSON text; it is streamed in fragments that are not valid JSON by themselves.</param>
    /// <param name="id">The call's id; by default one derived from its position in the answer.</param>
    public ModelToolUse(string name, string inputJson, string? id = null)
    {
        Name = name;
        InputJson = inputJson;
        Id = id;
    }

    /// <summary>The tool's name.</summary>
    public string Name { get; init; }

    /// <summary>The tool's input as JSON text; it is streamed in fragments that are not valid JSON by themselves.</summary>
    public string InputJson { get; init; }

    /// <summary>The call's id; by default one derived from its position in the answer.</summary>
    public string? Id { get; init; }
}
