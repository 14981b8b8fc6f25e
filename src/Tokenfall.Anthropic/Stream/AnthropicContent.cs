using System.Text.Json;

namespace Tokenfall;

/// <summary>Keeps what readers do not get, tagged with the model that it belongs to.</summary>
internal sealed class AnthropicContent(RunWriter writer)
{
    private const string Provider = "anthropic";

    /// <summary>The model that is answering.</summary>
    public string? Model { get; private set; }

    public void AnsweredBy(string? model)
    {
        Model = model ?? Model;
        writer.AnsweredBy(model);
    }

    /// <summary>Keeps JSON that the API must get back to continue.</summary>
    public void Keep(string type, JsonElement json) => writer.Opaque(Provider, Model, type, json.Raw());

    /// <summary>Keeps a block of a type that is unknown here, and tells readers that there is one.</summary>
    public void KeepUnknown(JsonElement block) => writer.UnknownContent(Provider, Model, block.Text("type") ?? "untyped", block.Raw());
}
