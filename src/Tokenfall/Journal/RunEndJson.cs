using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tokenfall;

/// <summary>How a run ended, as the JSON that databases store.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(RunEnd))]
internal sealed partial class RunEndJson : JsonSerializerContext
{
    public static string Write(RunEnd end) => JsonSerializer.Serialize(end, Default.RunEnd);

    /// <exception cref="InvalidDataException">This is not the end of a run.</exception>
    public static RunEnd Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.RunEnd)!;
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException("The end of a run in the journal is damaged, or of a later version.", damaged);
        }
    }
}
