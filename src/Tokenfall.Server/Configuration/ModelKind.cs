namespace Tokenfall.Server.Configuration;

/// <summary>Which model answers.</summary>
internal enum ModelKind
{
    /// <summary>The Anthropic Messages API.</summary>
    Anthropic,

    /// <summary>The built-in model: no network, no key, fixed answers.</summary>
    Demo,
}
