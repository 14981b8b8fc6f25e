using System.Text;

namespace Tokenfall.Tests;

/// <summary>Text that looks for trouble: quotes, escapes, control characters and code points of every length.</summary>
internal static class RandomText
{
    private static readonly string[] Troublemakers =
        ["\"", "\\", "\\n", "\\u0041", "\n", "\r\n", "\t", "\0", "\u001f", "\u007f", "\u2028", "\u2029", "\ufeff", "\uffff", "👩‍🚀", "😀", "é", "e\u0301", "東", "</script>", "\ndata: x\n\n"];

    public static string Next(Random random, int pieces)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
            if (random.Next(3) == 0) text.Append(Troublemakers[random.Next(Troublemakers.Length)]);
            else text.Append(NextRune(random).ToString());
        return text.ToString();
    }

    private static Rune NextRune(Random random)
    {
        var most = random.Next(4) switch { 0 => 0x80, 1 => 0x800, 2 => 0x10000, _ => 0x110000 };
        while (true)
            if (Rune.TryCreate(random.Next(most), out var rune)) return rune;
    }
}
