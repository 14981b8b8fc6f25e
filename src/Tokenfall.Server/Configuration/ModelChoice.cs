namespace Tokenfall.Server.Configuration;

/// <summary>Decides which model answers.</summary>
internal static class ModelChoice
{
    private const string HowToSetKey = "set ANTHROPIC_API_KEY (or Tokenfall:Anthropic:ApiKey) to an API key";

    /// <summary>
    /// <c>Tokenfall:Model</c> wins. Without it: Anthropic when there is a key, the demo model in Development, and otherwise an error:
    /// a production server that quietly answers with made-up text is worse than one that does not start.
    /// </summary>
    /// <exception cref="StartupException">The value is unknown, or a key is needed and missing.</exception>
    public static ModelKind Decide(ServerOptions options, IConfiguration configuration, bool development)
    {
        var hasKey = !string.IsNullOrWhiteSpace(configuration["ANTHROPIC_API_KEY"])
            || !string.IsNullOrWhiteSpace(configuration[$"{ServerOptions.Section}:Anthropic:ApiKey"]);

        return options.Model?.Trim().ToUpperInvariant() switch
        {
            "DEMO" => ModelKind.Demo,
            "ANTHROPIC" when hasKey => ModelKind.Anthropic,
            "ANTHROPIC" => throw new StartupException($"Tokenfall:Model is anthropic, but there is no API key: {HowToSetKey}."),
            null or "" when hasKey => ModelKind.Anthropic,
            null or "" when development => ModelKind.Demo,
            null or "" => throw new StartupException(
                $"There is no model to ask: {HowToSetKey}, or set Tokenfall:Model to demo for the built-in demo model."),
            _ => throw new StartupException($"Tokenfall:Model is \"{options.Model}\". Choose anthropic or demo."),
        };
    }
}
