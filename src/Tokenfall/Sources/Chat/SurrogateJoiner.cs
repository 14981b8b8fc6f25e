namespace Tokenfall;

/// <summary>Keeps a surrogate pair together when a client cuts its text between the halves.</summary>
internal sealed class SurrogateJoiner
{
    private char _high;

    /// <summary>The text that can be written now. A leading half waits for the other one.</summary>
    public ReadOnlySpan<char> Join(string piece)
    {
        if (_high == 0 && !(piece.Length > 0 && char.IsHighSurrogate(piece[^1]))) return piece;
        var joined = _high == 0 ? piece : _high + piece;
        _high = joined.Length > 0 && char.IsHighSurrogate(joined[^1]) ? joined[^1] : '\0';
        return _high == 0 ? joined : joined.AsSpan(0, joined.Length - 1);
    }
}
