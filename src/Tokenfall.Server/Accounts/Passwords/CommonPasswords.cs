using System.Collections.Frozen;

namespace Tokenfall.Server.Accounts.Passwords;

/// <summary>The passwords that attackers try first. The list, with its source and its licence, is in <c>common-passwords.txt</c>.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> List = new(Read);

    /// <summary>Whether a password is on the list, or is one of the list with digits or punctuation around it. Case does not matter.</summary>
    public static bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        return List.Value.Contains(lower) || List.Value.Contains(Core(lower));
    }

    private static string Core(string password)
    {
        var (start, end) = (0, password.Length);
        while (start < end && !char.IsLetter(password[start])) start++;
        while (start < end && !char.IsLetter(password[end - 1])) end--;
        return password[start..end];
    }

    private static FrozenSet<string> Read()
    {
        var assembly = typeof(CommonPasswords).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream("common-passwords.txt")!);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToFrozenSet();
    }
}
