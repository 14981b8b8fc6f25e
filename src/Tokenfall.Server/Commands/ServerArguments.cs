namespace Tokenfall.Server.Commands;

/// <summary>Separates configuration from commands: ASP.NET Core takes any setting as <c>--urls X</c> or <c>--Tokenfall:Data=X</c>.</summary>
/// <param name="Settings">The configuration.</param>
/// <param name="Command">The rest: the command with its arguments, and options such as <c>--help</c>.</param>
internal sealed record ServerArguments(string[] Settings, string[] Command)
{
    private static readonly string[] OwnOptions = ["--account", "--revoke-keys", "--keep-keys", "--help", "--version", "/?", "/h"];

    /// <summary>Separates them. A key without a value stays in <see cref="Command"/>, where it is reported as unknown.</summary>
    public static ServerArguments Split(string[] args)
    {
        List<string> settings = [], command = [];
        for (var i = 0; i < args.Length; i++)
        {
            var arg = args[i];
            var hasValue = arg.Contains('=', StringComparison.Ordinal);
            if (IsKey(arg) && hasValue)
                settings.Add(arg);
            else if (IsKey(arg) && i + 1 < args.Length && !IsOption(args[i + 1]))
                settings.AddRange([arg, args[++i]]);
            // "urls=X" is a setting, too; in a command it could be a name or an address.
            else if (hasValue && !arg.StartsWith('-') && command.Count == 0)
                settings.Add(arg);
            else
                command.Add(arg);
        }
        return new([.. settings], [.. command]);
    }

    private static bool IsOption(string arg) => arg.StartsWith("--", StringComparison.Ordinal);

    private static bool IsKey(string arg) =>
        (IsOption(arg) || arg.StartsWith('/')) && arg.Length > 2 && !OwnOptions.Contains(arg.Split('=')[0], StringComparer.Ordinal);
}
