using System.Security.Cryptography;

namespace Tokenfall.Server.Accounts;

/// <summary>A random password that can be read aloud: four groups of five, without characters that look alike; about 98 bits.</summary>
internal static class GeneratedPassword
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    public static string Create() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 5)));
}
