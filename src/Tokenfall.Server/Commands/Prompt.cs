using System.Text;
using Tokenfall.Server.Configuration;

namespace Tokenfall.Server.Commands;

/// <summary>Asks the person at the terminal.</summary>
internal static class Prompt
{
    /// <summary>Reads a password: at a terminal typed twice without echo, else from the first line of standard input.</summary>
    /// <exception cref="StartupException">There is no password, or the two differ.</exception>
    public static async Task<string> PasswordAsync(string prompt)
    {
        if (Console.IsInputRedirected)
            return await Console.In.ReadLineAsync() is { Length: > 0 } line
                ? line
                : throw new StartupException("There is no password. Send it as the first line of standard input.");

        var password = Type(prompt);
        return Type("Repeat the password: ") == password ? password : throw new StartupException("The two passwords differ. Nothing was changed.");
    }

    /// <summary>Asks a question at a terminal.</summary>
    /// <returns>Whether the answer is yes; false where nobody is there to ask.</returns>
    public static bool Confirm(string question)
    {
        if (Console.IsInputRedirected) return false;
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is ['y' or 'Y', ..];
    }

    private static string Type(string prompt)
    {
        // On standard error, so that the output a script captures stays clean.
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
