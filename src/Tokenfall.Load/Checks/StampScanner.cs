namespace Tokenfall.Load;

/// <summary>
/// Finds timestamped tokens, <c>number@time;</c>, in bytes that arrive in pieces, whatever is around them, so that it works with the
/// format of any server. Allocates nothing.
/// </summary>
public sealed class StampScanner
{
    private const long None = -1;

    // The number, once its @ has arrived, and the digits since.
    private long _number = None;
    private long _digits = None;

    /// <summary>Finds the next token.</summary>
    /// <param name="bytes">The bytes to search; afterwards those behind the token. A token that is cut off at the end continues in the next piece.</param>
    /// <param name="number">The token's number.</param>
    /// <param name="produced">When it was produced; a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    /// <returns>False when the bytes hold no further token.</returns>
    public bool Next(ref ReadOnlySpan<byte> bytes, out int number, out long produced)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            var one = bytes[at];
            if (one is >= (byte)'0' and <= (byte)'9') _digits = (_digits == None ? 0 : _digits * 10) + one - '0';
            else if (one == '@' && _number == None && _digits is >= 0 and <= int.MaxValue) (_number, _digits) = (_digits, None);
            else
            {
                (number, produced) = ((int)_number, _digits);
                (_number, _digits) = (None, None);
                if (one != ';' || number == None || produced == None) continue;
                bytes = bytes[(at + 1)..];
                return true;
            }
        }
        (number, produced) = (0, 0);
        bytes = default;
        return false;
    }
}
