namespace Tokenfall.Server.Accounts.Passwords;

/// <summary>Recognizes passwords that are long and still hold little: repeated, counted up or down, or made of known words.</summary>
internal static class PasswordPatterns
{
    // With fewer characters of their own, a piece that is repeated, or what is left beside known words, is quickly guessed.
    private const int MinUnit = 10;
    private const int MinRest = 6;

    // A run of characters that follow each other, such as 4567, tells little more than its first one.
    private const int RunLength = 4;

    /// <summary>Whether it is a short piece again and again, such as <c>abcabcabcabc</c>.</summary>
    public static bool IsRepeated(string password) => Enumerable.Range(1, password.Length / 2)
        .Any(unit => unit < MinUnit && password.AsSpan(unit).SequenceEqual(password.AsSpan(0, password.Length - unit)));

    /// <summary>Whether it is made of few runs of characters that are equal or follow each other, such as <c>abcdef987654</c>.</summary>
    public static bool IsSequence(string password)
    {
        var (runs, step) = (1, (int?)null);
        for (var i = 1; i < password.Length; i++)
        {
            var next = Step(password[i - 1], password[i]);
            if (next is -1 or 0 or 1 && (step is null || step == next)) step = next;
            else (runs, step) = (runs + 1, null);
        }
        return runs * RunLength <= password.Length;
    }

    /// <summary>Whether nothing much is left of it without some words, such as the person's own name.</summary>
    public static bool IsMadeOf(string password, IEnumerable<string> words)
    {
        var rest = password;
        foreach (var word in words.OrderByDescending(word => word.Length)) rest = rest.Replace(word, "", StringComparison.OrdinalIgnoreCase);
        return rest.Length < password.Length && rest.Count(char.IsLetterOrDigit) < MinRest;
    }

    // After 9 comes 0, as on the keyboard.
    private static int Step(char from, char to) => (from, to) switch
    {
        ('9', '0') => 1,
        ('0', '9') => -1,
        _ => to - from,
    };
}
