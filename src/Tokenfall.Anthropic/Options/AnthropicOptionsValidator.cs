using Microsoft.Extensions.Options;

namespace Tokenfall;

/// <summary>Refuses settings that could not work, in words that say what to set. The key itself is never among them.</summary>
internal sealed class AnthropicOptionsValidator : IValidateOptions<AnthropicOptions>
{
    private const string NoKey =
        "No Anthropic API key. Set the environment variable ANTHROPIC_API_KEY, or Tokenfall:Anthropic:ApiKey in user secrets "
        + "(in the project's folder: dotnet user-secrets init, then dotnet user-secrets set Tokenfall:Anthropic:ApiKey <key>). To try without a key, call AddDemo() instead of AddAnthropic(): a built-in model answers.";
    private const string BadKey =
        "The Anthropic API key (ANTHROPIC_API_KEY or Tokenfall:Anthropic:ApiKey) holds a space, a line break or another character "
        + "that no key has. Copy it again, without anything around it.";
    private const string BadUrl =
        "The address of the Anthropic API (Tokenfall:Anthropic:BaseUrl or ANTHROPIC_BASE_URL) must be an absolute http or https URL "
        + "without user name, query and fragment, such as https://api.anthropic.com.";
    private const string NoModel = "Tokenfall:Anthropic:Model is blank. Name a model, or remove the setting to take the default.";

    public ValidateOptionsResult Validate(string? name, AnthropicOptions options)
    {
        var model = string.IsNullOrEmpty(name) ? "" : $"Model '{name}' ({AnthropicOptions.ModelsSection}:{name}): ";
        var problems = ProblemsOf(options).Select(problem => model + problem).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static IEnumerable<string> ProblemsOf(AnthropicOptions options)
    {
        if (string.IsNullOrEmpty(options.ApiKey)) yield return NoKey;
        // A header takes visible ASCII; anything else would fail on every request, or smuggle in a header.
        else if (options.ApiKey.Any(character => character is <= ' ' or > '~')) yield return BadKey;
        if (!IsAddress(options.BaseUrl)) yield return BadUrl;
        if (string.IsNullOrWhiteSpace(options.Model)) yield return NoModel;
    }

    // Of the whole address: what is appended may make an end that is no more than odd, such as a blank, impossible.
    private static bool IsAddress(string? baseUrl) =>
        Uri.TryCreate(AnthropicRequest.AddressBelow(baseUrl), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { UserInfo: "", Query: "", Fragment: "" };
}
