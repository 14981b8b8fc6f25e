using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>The parts of a message that is nothing but text, as they are stored.</summary>
internal static class MessageParts
{
    public static string Of(string text)
    {
        var json = new ArrayBufferWriter<byte>(text.Length + 32);
        json.Write("[{\"type\":\"text\",\"text\":\""u8);
        JsonText.Escape(text, json);
        json.Write("\"}]"u8);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>The text of any message.</summary>
    public static string TextOf(string parts)
    {
        using var json = JsonDocument.Parse(parts);
        return string.Concat(json.RootElement.EnumerateArray().Where(part => part.GetProperty("type").GetString() == "text").Select(part => part.GetProperty("text").GetString()));
    }
}
