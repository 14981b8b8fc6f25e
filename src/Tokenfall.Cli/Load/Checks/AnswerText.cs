namespace Tokenfall.Cli.Load;

/// <summary>An answer's text as it comes: how long it is, and whether it is the expected one.</summary>
/// <param name="expected">What the model says, where that is known.</param>
internal sealed class AnswerText(string? expected)
{
    private bool _differs;

    /// <summary>UTF-16 code units so far.</summary>
    public int Length { get; private set; }

    /// <summary>A hash of all of it, to compare answers by (FNV-1a).</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Whether it is other text than expected, or goes on behind its end.</summary>
    public bool Differs => _differs;

    /// <summary>Takes the next piece as it lies on the wire.</summary>
    /// <exception cref="FormatException">It is not escaped as JSON demands.</exception>
    public void Add(ReadOnlySpan<byte> escaped, bool hash)
    {
        if (expected is null && !hash)
        {
            Length += WireText.Length(escaped);
            return;
        }
        var text = WireText.Decode(escaped);
        if (expected is not null) _differs |= Length + text.Length > expected.Length || !text.SequenceEqual(expected.AsSpan(Length, text.Length));
        if (hash)
            foreach (var one in text) Hash = (Hash ^ one) * 1099511628211;
        Length += text.Length;
    }
}
