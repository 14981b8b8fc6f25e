using System.Globalization;

namespace Tokenfall;

/// <summary>Where a page of a list ends: all that is newer is on it or before it.</summary>
/// <param name="Updated">When the last conversation was updated, in milliseconds since 1970.</param>
/// <param name="Number">Its number in the store, for those of the same time.</param>
internal readonly record struct ListPosition(long Updated, long Number)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null, and anything else, is the beginning.</summary>
    public static ListPosition Parse(string? text) =>
        text?.Split('.') is [var updated, var number]
        && long.TryParse(updated, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? new ListPosition(time, last) : new ListPosition(long.MaxValue, long.MaxValue);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Updated}.{Number}");
}
