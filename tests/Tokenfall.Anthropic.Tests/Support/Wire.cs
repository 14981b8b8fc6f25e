namespace Tokenfall.Tests;

/// <summary>Spells what the Messages API sends.</summary>
internal static class Wire
{
    public const string Start = """{"type":"message_start","message":{"usage":{"input_tokens":25,"output_tokens":1}}}""";
    public const string Stop = """{"type":"message_stop"}""";

    public static byte[] Recorded { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Recordings", "answer.sse"));

    /// <summary>A stream of these events.</summary>
    public static byte[] Stream(params string[] events) => Encoding.UTF8.GetBytes(string.Concat(events.Select(Event)));

    /// <summary>The same, from its first event to its last.</summary>
    public static byte[] Whole(params string[] events) => Stream([Start, .. events, Ended("end_turn", 7), Stop]);

    public static string Event(string data) => $"event: x\ndata: {data}\n\n";

    public static string Text(string escaped) => Delta(0, $$"""{"type":"text_delta","text":"{{escaped}}"}""");

    public static string Delta(int index, string delta) => $$"""{"type":"content_block_delta","index":{{index}},"delta":{{delta}} }""";

    public static string Json(int index, string escaped) => Delta(index, $$"""{"type":"input_json_delta","partial_json":"{{escaped}}"}""");

    public static string Block(int index, string block) => $$"""{"type":"content_block_start","index":{{index}},"content_block":{{block}} }""";

    public static string EndBlock(int index) => $$"""{"type":"content_block_stop","index":{{index}} }""";

    public static string Ended(string reason, int output) =>
        $$"""{"type":"message_delta","delta":{"stop_reason":"{{reason}}"},"usage":{"output_tokens":{{output}} } }""";

    public static string Error(string type, string message) => $$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}"} }""";
}
