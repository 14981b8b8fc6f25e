using System.Buffers;
using System.Text.Json;

namespace Tokenfall;

/// <summary>What a run's first event says.</summary>
internal static class StartEvent
{
    public static byte[] Payload(Run run)
    {
        var buffer = new ArrayBufferWriter<byte>(96);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("run", run.Id.ToString());
            if (run.Model is not null) json.WriteString("model", run.Model);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
