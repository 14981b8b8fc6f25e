using System.Text.Json;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>The JSON format of the probe endpoint.</summary>
internal static class ProbeJson
{
    public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true };
}
