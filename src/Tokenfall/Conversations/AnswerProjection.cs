using System.Buffers;
using System.Text;

namespace Tokenfall;

/// <summary>Makes the stored message of an answer from its run's log: neighbouring pieces of a part are put together, all else stays as it is.</summary>
internal static class AnswerProjection
{
    public static ConversationAnswer Of(Run run)
    {
        var segment = run.Log.ToSegment(run.Id, after: 0);
        var json = new ArrayBufferWriter<byte>(segment.Bytes.Length + 256);
        var text = new StringBuilder();
        (EventKind Kind, int Part)? open = null;
        var start = 0;
        json.Write("["u8);
        foreach (var one in segment.Events)
        {
            var payload = segment.Bytes.Span[start..one.End];
            start = one.End;
            var isText = one.Kind is EventKind.Text or EventKind.Reasoning;
            if (!isText && TypeOf(one.Kind).IsEmpty) continue;
            if (isText && open == (one.Kind, one.Part))
            {
                json.Write(payload);
            }
            else
            {
                CloseText(json, ref open);
                if (json.WrittenCount > 1) json.Write(","u8);
                json.Write("{\"type\":\""u8);
                json.Write(isText ? TextTypeOf(one.Kind) : TypeOf(one.Kind));
                if (isText)
                {
                    json.Write("\",\"text\":\""u8);
                    open = (one.Kind, one.Part);
                }
                else
                {
                    json.Write("\",\"value\":"u8);
                }
                json.Write(payload);
                if (!isText) json.Write("}"u8);
            }
            if (one.Kind == EventKind.Text) text.Append(JsonText.Unescape(payload));
        }
        CloseText(json, ref open);
        json.Write("]"u8);
        return new ConversationAnswer(Encoding.UTF8.GetString(json.WrittenSpan), text.ToString(), run.End!);
    }

    private static void CloseText(ArrayBufferWriter<byte> json, ref (EventKind, int)? open)
    {
        if (open is not null) json.Write("\"}"u8);
        open = null;
    }

    private static ReadOnlySpan<byte> TextTypeOf(EventKind kind) => kind == EventKind.Text ? "text"u8 : "reasoning"u8;

    // What has no type here is not a part by itself: the pieces of a call are in the complete call.
    private static ReadOnlySpan<byte> TypeOf(EventKind kind) => kind switch
    {
        EventKind.ToolCall => "tool_call"u8,
        EventKind.ToolResult => "tool_result"u8,
        EventKind.Source => "source"u8,
        EventKind.File => "file"u8,
        EventKind.Data => "data"u8,
        EventKind.Opaque => "opaque"u8,
        _ => default,
    };
}
