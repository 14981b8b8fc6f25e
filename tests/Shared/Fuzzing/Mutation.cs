using System.Text;

namespace Tokenfall.Tests.Fuzzing;

/// <summary>Changes a valid input in a few places.</summary>
internal static class Mutation
{
    // What readers treat specially, and what they forget to.
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\0", "\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\"", "\\", "\\\"", "\\u0000", "\\ud800", "\\udc00", "\\u", "é", "😀", "\u2028", "\uFEFF", "null", "true", "{}", "[]", "{", "}", "[", "]",
            ":", ",", ";", "=", "&", "?", "#", "%", "%00", "%zz", "%ff", "/", "//", "../", " ", "\t", "-", "-1", "0", "1e999", "-0.0", "2147483648", "9223372036854775808",
            "99999999999999999999999999", "NaN", "Infinity", "data: ", "event: ", "id: ", "retry: 1", ": ", "--x", "__proto__", "$type", "\u001b[2J", "\u202e",
            new string('x', 5_000), new string('[', 500), string.Concat(Enumerable.Repeat("{\"a\":", 200)), "00:00:00", "-00:00:01", "10675199.02:48:05.4775807", "24:00:00",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80],
    ];

    public static byte[] Of(byte[][] corpus, int start, Choices choices)
    {
        var bytes = new List<byte>(corpus[start]);
        for (var left = choices.Next(0, 7); left > 0; left--) Change(bytes, corpus, choices);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, byte[][] corpus, Choices choices)
    {
        var at = choices.Next(bytes.Count + 1);
        var length = Math.Min(1 + choices.Next(choices.Next(2) == 0 ? 4 : 64), bytes.Count - at);
        switch (choices.Next(8))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << choices.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)choices.Next(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, Enumerable.Repeat(bytes.GetRange(at, length), choices.Next(1, 20)).SelectMany(piece => piece)); break;
            case 4: bytes.RemoveRange(at, bytes.Count - at); break;
            case 5:
                var other = corpus[choices.Next(corpus.Length)];
                bytes.InsertRange(at, other[choices.Next(other.Length)..]);
                break;
            case 6:
                bytes.RemoveRange(at, length);
                goto default;
            default: bytes.InsertRange(at, Pieces[choices.Next(Pieces.Length)]); break;
        }
    }
}
