namespace Tokenfall.Tests;

/// <summary>Whatever text a source hands over, and by whichever road, readers decode the same, and always from strict JSON.</summary>
public class RunWriterPropertyTests
{
    private const int Cases = 2_000;

    // Halves of pairs, line separators that some readers split at, quotes, escapes and controls.
    private static readonly Gen<string> Text = Gen.OneOf(
        "\ud83d", "\ude00", "\ud83d\ude00", "\u2028", "\u2029", "\u0085", "\"", "\\", "\\u", "\n", "\0", "\u001f", "é", "東", "\ufeff", "\uffff", "\ufffd", "a", " plain ")
        .Array[1, 11].Select(string.Concat);

    // Without quotes, backslashes and controls: the JSON around them was checked.
    private static readonly Gen<byte[]> Bytes =
        Gen.OneOf(Gen.Byte[0x80, 0xFF], Gen.Byte[0x20, 0x7E]).Where(value => value is not ((byte)'"' or (byte)'\\')).Array[1, 7];

    [Fact]
    public void Text_ByEitherRoad_DecodesAlike() => Gen.Select(Text, Choices.Any).Sample((text, choices) =>
    {
        var pieces = Cut(text, choices);
        var expected = Repaired(text);

        Assert.Equal(expected, Read(writer => pieces.ForEach(piece => writer.Text(piece))));
        Assert.Equal(expected, Read(writer => pieces.ForEach(piece => writer.Text(Escape(piece, choices)))));
        Assert.Equal(expected, Read(writer => pieces.ForEach(piece =>
        {
            if (choices.Next(2) == 0) writer.Text(piece);
            else writer.Text(Escape(piece, choices));
        })));
    }, iter: Cases);

    [Fact]
    public void Text_OfMalformedUtf8_DecodesAsReplacementCharacters() => Bytes.List[1, 5].Sample(pieces =>
        Assert.Equal(string.Concat(pieces.Select(Encoding.UTF8.GetString)), Read(writer => pieces.ForEach(piece => writer.Text(piece)))), iter: Cases);

    [Fact]
    public void ToolInput_ByEitherRoad_GivesTheSameCall() => Gen.Select(Text, Choices.Any).Sample((text, choices) =>
    {
        // Halves of pairs stay raw: that is how a provider cuts them.
        var json = "{\"text\":\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\u0000", StringComparison.Ordinal).Replace("\u001f", "\\u001f", StringComparison.Ordinal) + "\"}";
        var pieces = Cut(json, choices);

        var chars = ReadCall(writer => pieces.ForEach(piece => writer.ToolInput("t", piece)));
        var bytes = ReadCall(writer => pieces.ForEach(piece => writer.ToolInput("t", Escape(piece, choices))));

        Assert.Equal(chars, bytes);
        Assert.Equal(Repaired(text), JsonDocument.Parse(chars).RootElement.GetProperty("input").GetProperty("text").GetString());
    }, iter: Cases);

    // What is decoded from each event alone, end to end.
    private static string Read(Action<RunWriter> write)
    {
        var log = new RunLog(new FakeTimeProvider());
        var writer = new RunWriter(log, new FakeTimeProvider());
        write(writer);
        writer.Complete("end_turn");
        var frames = Unmerged(log);
        Assert.All(frames, AssertOneLine);
        var text = string.Concat(frames.Select(frame => JsonSerializer.Deserialize<string>([(byte)'"', .. frame.Payload.Span, (byte)'"'])));
        Assert.Equal(text.Length, writer.Chars);
        return text;
    }

    private static string ReadCall(Action<RunWriter> write)
    {
        var log = new RunLog(new FakeTimeProvider());
        var writer = new RunWriter(log, new FakeTimeProvider());
        writer.BeginToolCall("t", "find");
        write(writer);
        writer.EndToolCall("t");
        var frames = Unmerged(log);
        Assert.All(frames, AssertOneLine);
        Assert.All(frames.Where(frame => frame.Kind.IsText()), frame => JsonSerializer.Deserialize<string>([(byte)'"', .. frame.Payload.Span, (byte)'"']));
        return frames[^1].Text();
    }

    private static List<RunFrame> Unmerged(RunLog log)
    {
        var frames = new List<RunFrame>();
        while (log.TryRead(frames.Count, merge: false, out var frame)) frames.Add(frame);
        return frames;
    }

    // Neither a line end nor what some line readers take for one, and no half of a pair.
    private static void AssertOneLine(RunFrame frame)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(frame.Payload.Span);
        Assert.DoesNotContain(text, character => character < ' ' || character is '\u0085' or '\u2028' or '\u2029');
    }

    private static List<string> Cut(string text, Choices choices)
    {
        var pieces = new List<string>();
        for (int start = 0, length; start < text.Length; start += length)
        {
            length = Math.Min(choices.Next(1, 5), text.Length - start);
            pieces.Add(text.Substring(start, length));
        }
        return pieces;
    }

    // As a provider may write a JSON string: every character that need not be escaped sometimes is, and halves of pairs always are.
    private static byte[] Escape(string text, Choices choices)
    {
        var json = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (isPair && choices.Next(2) == 0) json.Append(text, i++, 2);
            else if (text[i] is '"' or '\\' && choices.Next(2) == 0) json.Append('\\').Append(text[i]);
            else if (text[i] < ' ' || text[i] is '"' or '\\' || char.IsSurrogate(text[i]) || choices.Next(4) == 0)
                json.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            else json.Append(text[i]);
        }
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static string Repaired(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
