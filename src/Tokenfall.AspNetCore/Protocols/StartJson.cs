using System.Buffers;
using System.Text.Json;

namespace Tokenfall.AspNetCore;

/// <summary>The data of a <c>start</c> event.</summary>
internal static class StartJson
{
    public static ReadOnlySpan<byte> Of(Run run)
    {
        var buffer = new ArrayBufferWriter<byte>(96);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("run", run.Id.ToString());
            if (run.Model is not null) json.WriteString("model", run.Model);
            if (run.Record.Turn is { } turn)
            {
                json.WriteString("conversation", turn.Conversation);
                json.WriteString("question", turn.Question);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }
}
