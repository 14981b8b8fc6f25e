using System.Globalization;
using System.Net;

namespace Tokenfall.Server.Configuration;

/// <summary>The server's own settings, read once at the start, from section <c>Tokenfall</c> and the environment.</summary>
internal sealed class ServerOptions
{
    /// <summary>The section that all settings live in.</summary>
    public const string Section = "Tokenfall";

    /// <summary>The folder of the embedded store; a relative path is relative to the content root.</summary>
    /// <value>The default value is <c>data</c>.</value>
    public string Data { get; init; } = "data";

    /// <summary>The PostgreSQL database that keeps everything, <c>ConnectionStrings:Tokenfall</c>.</summary>
    /// <value>The default value is <see langword="null"/>: SQLite, in <see cref="Data"/>.</value>
    public string? Database { get; init; }

    /// <summary>A file with the certificate, and its private key, that encrypts the keys which protect cookies: PKCS #12, or PEM if its name ends in <c>.pem</c>.</summary>
    /// <value>The default value is <see langword="null"/>: they are not encrypted.</value>
    public string? KeyCertificate { get; init; }

    /// <summary>The password of <see cref="KeyCertificate"/>.</summary>
    /// <value>The default value is <see langword="null"/>: it has none.</value>
    public string? KeyCertificatePassword { get; init; }

    /// <summary><c>anthropic</c> or <c>demo</c>; see <see cref="ModelChoice"/>.</summary>
    /// <value>The default value is <see langword="null"/>: by the presence of an API key.</value>
    public string? Model { get; init; }

    /// <summary>The account to create when there is none.</summary>
    public FirstAccountOptions FirstAccount { get; init; } = new();

    /// <summary>How many API keys an account may have.</summary>
    /// <value>The default value is 50.</value>
    public int MaxKeysPerAccount { get; init; } = 50;

    /// <summary>Reverse proxies whose <c>X-Forwarded-*</c> headers are trusted, besides this machine itself.</summary>
    /// <value>The default value is empty.</value>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>The path that the server is mounted under, such as <c>/ai</c>, where the proxy in front does not remove it.</summary>
    /// <value>The default value is empty: the root, or whatever <c>X-Forwarded-Prefix</c> of a known proxy says.</value>
    public PathString PathBase { get; init; }

    /// <summary>Whether people sign in. <c>TOKENFALL_AUTH=none</c> switches it off.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool SignIn { get; init; } = true;

    /// <summary>How many sign-ins one address may try in a minute, right or wrong. Of IPv6, all addresses of a /64 count as one.</summary>
    /// <value>The default value is 20.</value>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>How many runs one account may start in a minute.</summary>
    /// <value>The default value is 300.</value>
    public int StartsPerMinute { get; init; } = 300;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="StartupException">A setting has an invalid value.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var defaults = new ServerOptions();
        var options = new ServerOptions
        {
            Data = section[nameof(Data)] ?? "data",
            Database = string.IsNullOrWhiteSpace(configuration.GetConnectionString("Tokenfall")) ? null : configuration.GetConnectionString("Tokenfall"),
            KeyCertificate = section[nameof(KeyCertificate)],
            KeyCertificatePassword = section[nameof(KeyCertificatePassword)],
            Model = section[nameof(Model)],
            FirstAccount = section.GetSection(nameof(FirstAccount)).Get<FirstAccountOptions>() ?? new(),
            MaxKeysPerAccount = ReadCount(section, nameof(MaxKeysPerAccount), defaults.MaxKeysPerAccount),
            Proxies = ProxyList.Read(section.GetSection(nameof(Proxies))),
            PathBase = ReadPathBase(section[nameof(PathBase)]),
            SignInsPerMinute = ReadCount(section, nameof(SignInsPerMinute), defaults.SignInsPerMinute),
            StartsPerMinute = ReadCount(section, nameof(StartsPerMinute), defaults.StartsPerMinute),
            SignIn = ReadSignIn(configuration["TOKENFALL_AUTH"]),
        };

        if (string.IsNullOrWhiteSpace(options.Data))
            throw new StartupException("Tokenfall:Data is empty. Set it to a folder, or leave it out to use \"data\".");
        if (string.IsNullOrEmpty(options.FirstAccount.Email) != string.IsNullOrEmpty(options.FirstAccount.Password))
            throw new StartupException("Tokenfall:FirstAccount needs both Email and Password.");
        return options;
    }

    private static int ReadCount(IConfigurationSection section, string name, int fallback)
    {
        if (section[name] is not { } value) return fallback;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0) return count;
        throw new StartupException($"Tokenfall:{name} is \"{value}\". Set it to a number of 1 or more, or leave it out to use {fallback}.");
    }

    private static PathString ReadPathBase(string? value)
    {
        var path = value?.TrimEnd('/') ?? "";
        if (path.Length > 0 && (path[0] != '/' || path.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('/' or '-' or '_' or '.' or '~'))))
            throw new StartupException($"Tokenfall:PathBase is \"{value}\". Write a path such as /ai, of letters, digits, slashes and -_.~, with a slash before it.");
        return path;
    }

    private static bool ReadSignIn(string? value)
    {
        if (string.IsNullOrEmpty(value)) return true;
        if (value.Equals("none", StringComparison.OrdinalIgnoreCase)) return false;
        throw new StartupException(
            $"TOKENFALL_AUTH is \"{value}\". The only value is none (no sign-in, this machine only); leave it out to ask people to sign in.");
    }
}
