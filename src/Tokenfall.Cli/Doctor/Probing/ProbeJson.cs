using System.Text.Json;

namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>How the probe endpoint spells its JSON.</summary>
internal static class ProbeJson
{
    public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
