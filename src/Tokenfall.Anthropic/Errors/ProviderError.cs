using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>The <c>error</c> object of a body or of an event (https://docs.claude.com/en/api/errors).</summary>
/// <param name="Type">Such as <c>overloaded_error</c>.</param>
/// <param name="Message">The provider's words.</param>
/// <param name="Code">A finer code, where there is one.</param>
/// <param name="RequestId">The provider's id of the request, where the body repeats it.</param>
internal sealed record ProviderError(string? Type, string? Message, string? Code, string? RequestId)
{
    public static ProviderError None { get; } = new(null, null, null, null);

    public static ProviderError Of(JsonElement body)
    {
        var error = body.Field("error");
        return new ProviderError(error.Text("type"), error.Text("message"), error.Field("details").Text("error_code"), body.Text("request_id"));
    }

    /// <summary>Reads a body of any kind; <see cref="None"/> when it is not Anthropic's JSON.</summary>
    public static ProviderError Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(body));
            return Of(document.RootElement);
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    /// <summary>Whether the account has reached a limit that only its owner can lift. Comes as 429 or as 400.</summary>
    public bool IsSpendLimit =>
        Code == "enforced_spend_limit_reached" || Says("spend limit") || Says("usage limits") || Says("credit balance");

    private bool Says(string words) => Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
