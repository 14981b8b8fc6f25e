using System.Diagnostics;
using System.Globalization;
using Tokenfall.Bench.Compare;
using Tokenfall.Tests;

namespace Tokenfall.Attacks.Measure;

/// <summary>The published server with sign-in and its defaults: accounts with a key each, the last of which is the attacker's.</summary>
internal sealed class SignInServer() : Contender("tokenfall", "Tokenfall")
{
    /// <summary>How many answers an account may have at once, by default.</summary>
    public const int RunsOfAccount = 4;

    private readonly PublishedContender _published = new("tokenfall", "Tokenfall", "src/Tokenfall.Server/Tokenfall.Server.csproj", ("Tokenfall__Data", "{folder}/data"));
    private readonly List<Account> _accounts = [];

    /// <summary>How many honest streams there are.</summary>
    public const int Streams = 100;

    /// <summary>Whether to use what was published before.</summary>
    public bool NoPublish { get; init; }

    /// <summary>Whether the machine does other work, too.</summary>
    public bool Shared { get; init; }

    public IReadOnlyList<Account> Accounts => _accounts;

    private static string Folder => Repository.PathOf("artifacts/bench/attacks");

    /// <inheritdoc/>
    /// <remarks>The accounts are added once; delete <c>artifacts/bench/attacks</c> to add them again.</remarks>
    public override async Task PrepareAsync()
    {
        if (!NoPublish) await _published.PrepareAsync();
        var list = Path.Combine(Folder, "accounts.txt");
        if (!File.Exists(list)) await AddAccountsAsync(list);
        foreach (var line in File.ReadLines(list)) _accounts.Add(new Account(line.Split(' ')[0], line.Split(' ')[1]));
    }

    public override ProcessStartInfo Command(int port, Uri upstream, string folder)
    {
        // With its permissions: the server refuses a folder that others may read.
        using var copy = Tool.Start(new ProcessStartInfo("cp", ["-a", Path.Combine(Folder, "data"), folder]));
        copy.WaitForExit();
        var command = _published.Command(port, upstream, folder);
        if (Shared) command.Environment["TOKENFALL_SCHEDULING"] = "normal";
        return command;
    }

    private async Task AddAccountsAsync(string list)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        var lines = new List<string>();
        for (var i = 0; i <= Streams / RunsOfAccount; i++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"person{i}@example.com");
            await RunAsync("account", "add", email);
            lines.Add($"{email} {await RunAsync("key", "add", "attacks", "--account", email)}");
        }
        await File.WriteAllLinesAsync(list, lines);
    }

    /// <returns>What the command wrote.</returns>
    private async Task<string> RunAsync(params string[] arguments)
    {
        var command = _published.Command(0, new Uri("http://127.0.0.1:1"), Folder);
        command.ArgumentList.Clear();
        foreach (var argument in arguments) command.ArgumentList.Add(argument);
        (command.RedirectStandardInput, command.RedirectStandardOutput, command.RedirectStandardError) = (true, true, true);
        using var process = Tool.Start(command);
        await process.StandardInput.WriteLineAsync(Account.Password);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"{string.Join(' ', arguments)} failed: {await errors}");
    }
}
