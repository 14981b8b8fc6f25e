using System.Buffers;
using System.Text;

namespace Tokenfall;

/// <summary>The parts of a question, as they are stored.</summary>
internal static class QuestionParts
{
    public static string Of(string text)
    {
        var json = new ArrayBufferWriter<byte>(text.Length + 32);
        json.Write("[{\"type\":\"text\",\"text\":\""u8);
        JsonText.Escape(text, json);
        json.Write("\"}]"u8);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
