namespace Tokenfall.Testing;

/// <summary>A tool call that the model makes: a <c>tool_use</c> block.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="InputJson">The tool's input as JSON text; it is streamed in fragments that are not valid JSON by themselves.</param>
/// <param name="Id">The call's id; by default one derived from its position in the answer.</param>
public sealed record ModelToolUse(string Name, string InputJson, string? Id = null);
