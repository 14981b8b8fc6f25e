using Tokenfall.EndToEnd.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>
/// The whole path for the tests of the page: a run waits for a reader that was cut off, few are allowed at once, and what the page shows is
/// stored, so that it must be there after a crash.
/// </summary>
public sealed class ChatProduct() : WholeProduct(
    TimeProvider.System, ("Tokenfall__Grace", "00:01:00"), ("Tokenfall__Journal__Visibility", "Durable"), ("Tokenfall__Limits__MaxRunsPerOwner", MaxRuns.ToString(System.Globalization.CultureInfo.InvariantCulture)))
{
    /// <summary>How many answers an account may have running.</summary>
    public const int MaxRuns = 4;

    /// <summary>The cookies of the first reader who has signed in at nginx.</summary>
    internal IReadOnlyList<Cookie>? Session { get; set; }

    /// <summary>An answer that is one paragraph of plain words, so that what the page shows is what the model said.</summary>
    public static ModelScript Words(int count, string word = "word") =>
        new() { Tokens = [.. Enumerable.Range(0, count).Select(i => i == 0 ? word : $" {word}{i}")] };
}
