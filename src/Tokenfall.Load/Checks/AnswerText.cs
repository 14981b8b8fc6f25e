namespace Tokenfall.Load;

/// <summary>Measures an answer's text as it arrives, and compares it with the expected one.</summary>
/// <param name="expected">The expected text; null where it is unknown.</param>
internal sealed class AnswerText(string? expected)
{
    private bool _differs;

    /// <summary>UTF-16 code units so far.</summary>
    public int Length { get; private set; }

    /// <summary>A hash of all of it, to compare answers by (FNV-1a).</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Whether it differs from the expected text, or is longer.</summary>
    public bool Differs => _differs;

    /// <summary>Adds the next piece.</summary>
    /// <param name="escaped">The text as it is on the wire: UTF-8, escaped for JSON.</param>
    /// <param name="hash">Whether to update <see cref="Hash"/>.</param>
    /// <exception cref="FormatException">An escape is malformed.</exception>
    public void Add(ReadOnlySpan<byte> escaped, bool hash)
    {
        if (expected is null && !hash)
        {
            Length += JsonEscapedText.Length(escaped);
            return;
        }
        var text = JsonEscapedText.Decode(escaped);
        if (expected is not null) _differs |= Length + text.Length > expected.Length || !text.SequenceEqual(expected.AsSpan(Length, text.Length));
        if (hash)
            foreach (var one in text) Hash = (Hash ^ one) * 1099511628211;
        Length += text.Length;
    }
}
