using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tokenfall.AspNetCore;

/// <summary>Reads the settings of the model that a caller asks for.</summary>
internal static class RequestOptionsReader
{
    /// <exception cref="RequestProblemException">A value is of the wrong kind.</exception>
    public static RequestOptions Read(RunRequestBody body) => new()
    {
        Temperature = Temperature(body.Temperature),
        MaxTokens = MaxTokens(body.MaxTokens),
        ReasoningEffort = Effort(body.ReasoningEffort),
    };

    private static float? Temperature(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetSingle(out var temperature) && float.IsFinite(temperature) => temperature,
        _ => throw BadOption("temperature must be a number."),
    };

    private static int? MaxTokens(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var tokens) && tokens > 0 => tokens,
        _ => throw BadOption("max_tokens must be a whole number above 0."),
    };

    private static ReasoningEffort? Effort(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } name => name.GetString() switch
        {
            "none" => ReasoningEffort.None,
            "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "extra_high" => ReasoningEffort.ExtraHigh,
            _ => throw BadEffort(),
        },
        _ => throw BadEffort(),
    };

    private static RequestProblemException BadEffort() => BadOption("reasoning_effort must be none, low, medium, high or extra_high.");

    private static RequestProblemException BadOption(string detail) => RequestProblems.BadInput("bad_option", "A setting of the model is not usable", detail);
}
