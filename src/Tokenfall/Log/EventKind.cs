namespace Tokenfall;

/// <summary>The kind of an event in a run's log. <c>docs/architecture.md</c> describes each payload.</summary>
public enum EventKind : byte
{
    /// <summary>The run was accepted. No payload: see <see cref="Run"/>.</summary>
    Start = 1,

    /// <summary>A piece of the answer. Payload: its JSON-escaped text in UTF-8, without quotes.</summary>
    Text,

    /// <summary>A piece of the model's reasoning. Payload: as for <see cref="Text"/>.</summary>
    Reasoning,

    /// <summary>The model starts a tool call. Payload: a JSON object with <c>id</c> and <c>name</c>.</summary>
    ToolStart,

    /// <summary>A piece of a tool call's arguments. Payload: as for <see cref="Text"/>.</summary>
    ToolInput,

    /// <summary>
    /// A complete tool call. Payload: a JSON object with <c>id</c>, <c>name</c> and <c>input</c>; where they apply, <c>incomplete</c> (<c>input</c> is
    /// then a string with what arrived), <c>provider_executed</c> and <c>approval</c>.
    /// </summary>
    ToolCall,

    /// <summary>The result of a tool call. Payload: a JSON object with <c>id</c> and <c>output</c>; <c>error</c> is true for a failure.</summary>
    ToolResult,

    /// <summary>A source that the answer cites. Payload: a JSON object; see <see cref="SourceReference"/>.</summary>
    Source,

    /// <summary>A file that the model created. Payload: a JSON object with <c>media_type</c>, <c>url</c> or <c>data</c> in base64, and <c>name</c>.</summary>
    File,

    /// <summary>Data that the application itself added to the stream. Payload: a JSON object with <c>name</c> and <c>value</c>.</summary>
    Data,

    /// <summary>
    /// Data that the provider needs back to continue, or content of an unknown kind. Readers never see it. Payload: a JSON object with
    /// <c>provider</c>, <c>model</c>, <c>type</c> and <c>value</c>.
    /// </summary>
    Opaque,

    /// <summary>Terminal: the provider finished the answer, or the run was stopped. No payload: see <see cref="Run.End"/>.</summary>
    Done,

    /// <summary>Terminal: the answer is not complete. No payload: see <see cref="Run.End"/>.</summary>
    Error,
}

/// <summary>Properties of an <see cref="EventKind"/>.</summary>
public static class EventKindExtensions
{
    /// <summary>Returns whether the event ends its log.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>True for <see cref="EventKind.Done"/> and <see cref="EventKind.Error"/>.</returns>
    public static bool IsTerminal(this EventKind kind) => kind is EventKind.Done or EventKind.Error;

    /// <summary>Returns whether the payload is escaped text, so that neighbouring events of one part can be concatenated.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>True for <see cref="EventKind.Text"/>, <see cref="EventKind.Reasoning"/> and <see cref="EventKind.ToolInput"/>.</returns>
    public static bool IsText(this EventKind kind) => kind is EventKind.Text or EventKind.Reasoning or EventKind.ToolInput;
}
