namespace Tokenfall;

/// <summary>What a run appends to its log.</summary>
public enum EventKind : byte
{
    /// <summary>The run was accepted. Payload: a JSON object.</summary>
    Start = 1,

    /// <summary>A piece of the answer. Payload: its JSON-escaped text in UTF-8, without quotes.</summary>
    Delta,

    /// <summary>A piece of the model's reasoning. Payload: as for <see cref="Delta"/>.</summary>
    Thinking,

    /// <summary>The model asks for a tool. Payload: a JSON object with <c>id</c>, <c>name</c> and <c>input</c>.</summary>
    ToolCall,

    /// <summary>What a tool answered. Payload: a JSON object with <c>id</c> and <c>output</c>.</summary>
    ToolResult,

    /// <summary>Terminal: the provider finished the answer, or the run was stopped. Payload: a JSON object.</summary>
    Done,

    /// <summary>Terminal: the answer is not complete. Payload: a JSON object.</summary>
    Error,
}

/// <summary>Questions about an <see cref="EventKind"/>.</summary>
public static class EventKindExtensions
{
    /// <summary>Whether the event ends its log.</summary>
    public static bool IsTerminal(this EventKind kind) => kind is EventKind.Done or EventKind.Error;

    /// <summary>Whether the payload is escaped text, so that neighbours can be joined end to end.</summary>
    public static bool IsText(this EventKind kind) => kind is EventKind.Delta or EventKind.Thinking;
}
