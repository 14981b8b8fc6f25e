namespace Tokenfall.Tests.Proxies;

/// <summary>Changes to a shipped configuration.</summary>
internal static class Substitution
{
    /// <summary>Replaces the only occurrence of a text, so that a test never runs with a change that missed.</summary>
    public static string Substitute(this string configuration, string text, string replacement)
    {
        var occurrences = configuration.Split(text).Length - 1;
        return occurrences == 1
            ? configuration.Replace(text, replacement, StringComparison.Ordinal)
            : throw new ArgumentException($"The configuration holds \"{text}\" {occurrences} times, it should be once.", nameof(text));
    }
}
