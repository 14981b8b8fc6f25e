using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tokenfall.AspNetCore;

/// <summary>The JSON of probes; generated, so that native binaries have it.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProbeEcho))]
[JsonSerializable(typeof(ProbeAnswer))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;
