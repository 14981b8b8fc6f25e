using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tokenfall;

/// <summary>The <c>error</c> object of a body or of an event (https://docs.claude.com/en/api/errors).</summary>
/// <param name="Type">Such as <c>overloaded_error</c>.</param>
/// <param name="Message">The provider's words.</param>
/// <param name="Code">A finer code, where there is one.</param>
/// <param name="RequestId">The provider's id of the request, where the body repeats it.</param>
/// <param name="Status">The HTTP status that the error stands for, where a gateway repeats it.</param>
internal sealed record ProviderError(string? Type, string? Message, string? Code, string? RequestId, int? Status = null)
{
    public static ProviderError None { get; } = new(null, null, null, null);

    /// <summary>Whether an event or a body has an error among its members.</summary>
    public static bool IsIn(JsonElement body) => body.Field("error").IsPresent() || body.Items("errors").MoveNext();

    /// <summary>Reads an error in whatever wrapping: an object or a text under <c>error</c>, the first of several, or the body itself.</summary>
    public static ProviderError Of(JsonElement body)
    {
        var error = body.Field("error") is { ValueKind: JsonValueKind.Object } inner ? inner
            : body.Items("errors").FirstOrDefault() is { ValueKind: JsonValueKind.Object } first ? first : body;
        return new ProviderError(
            error.Text("type"), error.Text("message") ?? body.Text("error"), error.Field("details").Text("error_code") ?? error.Text("code"), body.Text("request_id"),
            StatusOf(error, "code") ?? StatusOf(error, "status") ?? StatusOf(error, "status_code") ?? StatusOf(error, "statusCode"));
    }

    /// <summary>An error that came as bare text.</summary>
    public static ProviderError OfText(ReadOnlySpan<byte> text) => new(null, Encoding.UTF8.GetString(text), null, null);

    /// <summary>Reads a body of any kind; <see cref="None"/> when it is not Anthropic's JSON.</summary>
    public static ProviderError Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            using var document = JsonRepair.Parse(body);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return None;
        }
    }

    /// <summary>Whether it says anything that tells what went wrong.</summary>
    public bool IsKnown => ErrorTypes.Classify(this) is not null;

    /// <summary>Whether the account has reached a limit that only its owner can lift. Comes as 429 or as 400.</summary>
    public bool IsSpendLimit =>
        Code == "enforced_spend_limit_reached" || Says("spend limit") || Says("usage limits") || Says("credit balance");

    // Some gateways write it as text.
    private static int? StatusOf(JsonElement error, string name) =>
        error.Number(name) ?? (int.TryParse(error.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null);

    private bool Says(string words) => Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
