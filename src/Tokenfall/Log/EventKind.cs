namespace Tokenfall;

/// <summary>What a run appends to its log. <c>docs/architecture.md</c> describes each payload.</summary>
public enum EventKind : byte
{
    /// <summary>The run was accepted. No payload: see <see cref="Run"/>.</summary>
    Start = 1,

    /// <summary>A piece of the answer. Payload: its JSON-escaped text in UTF-8, without quotes.</summary>
    Text,

    /// <summary>A piece of the model's reasoning. Payload: as for <see cref="Text"/>.</summary>
    Reasoning,

    /// <summary>The model begins a tool call. Payload: a JSON object with <c>id</c> and <c>name</c>.</summary>
    ToolStart,

    /// <summary>A piece of a tool call's arguments. Payload: as for <see cref="Text"/>.</summary>
    ToolInput,

    /// <summary>
    /// A complete tool call. Payload: a JSON object with <c>id</c>, <c>name</c> and <c>input</c>; where they apply <c>incomplete</c> (then <c>input</c>
    /// is a string with what came), <c>provider_executed</c> and <c>approval</c>.
    /// </summary>
    ToolCall,

    /// <summary>The result of a tool call. Payload: a JSON object with <c>id</c> and <c>output</c>; <c>error</c> is true for a failure.</summary>
    ToolResult,

    /// <summary>A source that the answer cites. Payload: a JSON object; see <see cref="SourceReference"/>.</summary>
    Source,

    /// <summary>A file that the model made. Payload: a JSON object with <c>media_type</c>, <c>url</c> or <c>data</c> in base64, and <c>name</c>.</summary>
    File,

    /// <summary>Something that the application itself put into the stream. Payload: a JSON object with <c>name</c> and <c>value</c>.</summary>
    Data,

    /// <summary>
    /// What the provider must get back to continue, or content of a kind that is not known here. Readers never see it. Payload: a JSON object with
    /// <c>provider</c>, <c>model</c>, <c>type</c> and <c>value</c>.
    /// </summary>
    Opaque,

    /// <summary>Terminal: the provider finished the answer, or the run was stopped. No payload: see <see cref="Run.End"/>.</summary>
    Done,

    /// <summary>Terminal: the answer is not complete. No payload: see <see cref="Run.End"/>.</summary>
    Error,
}

/// <summary>Questions about an <see cref="EventKind"/>.</summary>
public static class EventKindExtensions
{
    /// <summary>Whether the event ends its log.</summary>
    /// <param name="kind">The kind.</param>
    public static bool IsTerminal(this EventKind kind) => kind >= EventKind.Done;

    /// <summary>Whether the payload is escaped text, so that neighbours of one part can be joined end to end.</summary>
    /// <param name="kind">The kind.</param>
    public static bool IsText(this EventKind kind) => kind is EventKind.Text or EventKind.Reasoning or EventKind.ToolInput;
}
