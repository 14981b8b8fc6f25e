using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tokenfall.AspNetCore;

/// <summary>The JSON of our own calls, in our spelling, whatever the application does to its own; generated, so that native binaries have it.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowDuplicateProperties = false, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(RunRequestBody))]
[JsonSerializable(typeof(RunAccepted))]
[JsonSerializable(typeof(AntiforgeryAnswer))]
[JsonSerializable(typeof(ConversationChange))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
