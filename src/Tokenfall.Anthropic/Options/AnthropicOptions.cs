namespace Tokenfall;

/// <summary>Settings of <see cref="AnthropicSource"/>, bound from the configuration section <c>Tokenfall:Anthropic</c> and checked at start.</summary>
/// <remarks>
/// Where the section leaves a value unset or blank, the environment's <c>ANTHROPIC_API_KEY</c>, <c>ANTHROPIC_BASE_URL</c> and
/// <c>ANTHROPIC_MODEL</c> fill in. So code wins over the section, the section over those variables, and those over the defaults. A model that was
/// added by name looks into <c>Tokenfall:Models:{name}</c> before the section.
/// </remarks>
public sealed class AnthropicOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Tokenfall:Anthropic";

    /// <summary>A named model's own settings are in the section of its name below this one.</summary>
    internal const string ModelsSection = "Tokenfall:Models";

    /// <summary>The key that pays. A secret: keep it in the environment or in user secrets. White space around it is dropped.</summary>
    /// <value>The default value is <see langword="null"/>, which is refused at start.</value>
    public string? ApiKey { get; set => field = value?.Trim(); }

    /// <summary>Where the API is. A path in it is kept, so a gateway may stand in between: <c>/v1/messages</c> is appended.</summary>
    /// <value>The default value is <c>https://api.anthropic.com</c>.</value>
    public string BaseUrl { get; set; } = "https://api.anthropic.com";

    /// <summary>The model to ask.</summary>
    /// <value>The default value is <c>claude-sonnet-5-5</c>.</value>
    public string Model { get; set; } = "claude-sonnet-5-5";

    /// <summary>The system prompt.</summary>
    /// <value>The default value is <see langword="null"/>: none is sent.</value>
    public string? System { get; set; }

    /// <summary>Makes the handler that sends the requests; it is called once, and the source disposes what it returns.</summary>
    /// <value>
    /// The default value is <see langword="null"/>: a handler of its own, which closes a connection at once when a run is stopped.
    /// A <see cref="SocketsHttpHandler"/> of yours should set <see cref="SocketsHttpHandler.ResponseDrainTimeout"/> to zero for that.
    /// </value>
    public Func<HttpMessageHandler>? CreateHandler { get; set; }
}
