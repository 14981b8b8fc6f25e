namespace Tokenfall.Cli.Load;

/// <summary>
/// Finds the stamps of tokens, <c>number@time;</c>, in bytes that come in pieces, whatever is around them: so one reader reads what any
/// server sends. Allocates nothing.
/// </summary>
internal sealed class StampScanner
{
    private const long None = -1;

    // The number, once its @ has come; and the digits since.
    private long _number = None;
    private long _digits = None;

    /// <summary>Goes on to the end of the next stamp.</summary>
    /// <param name="bytes">What has come; afterwards what follows the stamp. A stamp that is torn at its end goes on in the next piece.</param>
    /// <param name="number">The token's number.</param>
    /// <param name="made">When it was made.</param>
    /// <returns>False at the end of the bytes.</returns>
    public bool Next(ref ReadOnlySpan<byte> bytes, out int number, out long made)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            var one = bytes[at];
            if (one is >= (byte)'0' and <= (byte)'9') _digits = (_digits == None ? 0 : _digits * 10) + one - '0';
            else if (one == '@' && _number == None && _digits is >= 0 and <= int.MaxValue) (_number, _digits) = (_digits, None);
            else
            {
                (number, made) = ((int)_number, _digits);
                (_number, _digits) = (None, None);
                if (one != ';' || number == None || made == None) continue;
                bytes = bytes[(at + 1)..];
                return true;
            }
        }
        (number, made) = (0, 0);
        bytes = default;
        return false;
    }
}
