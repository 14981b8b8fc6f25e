namespace Tokenfall;

/// <summary>The kind of a part of an answer. Parts are numbered from 1 within their kind.</summary>
public enum PartKind : byte
{
    /// <summary>No part: the event belongs to the run as a whole.</summary>
    None,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A block of reasoning.</summary>
    Reasoning,

    /// <summary>A tool call, from its start to its result.</summary>
    ToolCall,

    /// <summary>A cited source.</summary>
    Source,

    /// <summary>A file.</summary>
    File,

    /// <summary>The application's own data.</summary>
    Data,

    /// <summary>Opaque provider data.</summary>
    Opaque,
}

/// <summary>Maps event kinds to part kinds.</summary>
public static class PartKindExtensions
{
    /// <summary>Returns the kind of part that an event of this kind belongs to.</summary>
    /// <param name="kind">The event's kind.</param>
    /// <returns>The part's kind; <see cref="PartKind.None"/> for events of the run as a whole.</returns>
    public static PartKind ToPartKind(this EventKind kind) => kind switch
    {
        EventKind.Text => PartKind.Text,
        EventKind.Reasoning => PartKind.Reasoning,
        EventKind.ToolStart or EventKind.ToolInput or EventKind.ToolCall or EventKind.ToolResult => PartKind.ToolCall,
        EventKind.Source => PartKind.Source,
        EventKind.File => PartKind.File,
        EventKind.Data => PartKind.Data,
        EventKind.Opaque => PartKind.Opaque,
        _ => PartKind.None,
    };
}
