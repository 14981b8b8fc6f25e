using System.Diagnostics;
using Tokenfall.Bench.Serve;

namespace Tokenfall.Bench.Compare;

/// <summary>Runs other programs.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or it failed; the message has its output.</exception>
    public static Task RunAsync(string program, params string[] arguments) => OutputAsync(program, arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its output, trimmed.</returns>
    /// <exception cref="InvalidOperationException">It is not installed, or it failed; the message has its output.</exception>
    public static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        var command = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(command);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed. Its output:\n{await output}{await errors}");
        return $"{await output}{await errors}".Trim();
    }

    /// <summary>Starts a program.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static Process Start(ProcessStartInfo command)
    {
        try
        {
            return Process.Start(command)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{command.FileName} cannot be started: {missing.Message}. Install it, or leave its contender out with --contender.", missing);
        }
    }

    /// <summary>Removes a developer's own settings from a command's environment, and sets the address of the model.</summary>
    public static void SetModel(ProcessStartInfo command, Uri upstream)
    {
        DeveloperSettings.RemoveFrom(command);
        command.Environment["ANTHROPIC_BASE_URL"] = upstream.ToString().TrimEnd('/');
        command.Environment["ANTHROPIC_API_KEY"] = "bench";
    }
}
