namespace Tokenfall;

/// <summary>Knows which model is asked on the last attempt. Each source has its own, because a model's id means nothing to another provider.</summary>
internal sealed class FallbackModels(TokenfallOptions options, ModelSources? sources)
{
    /// <summary>The model to ask on the last attempt; null asks the same one again.</summary>
    /// <param name="source">The source that failed.</param>
    public string? Of(IModelSource source)
    {
        // Without a list of sources there is only one.
        if (sources is null) return NotBlank(options.Upstream.FallbackModel);
        if (sources.NameOf(source) is { } name) return options.Models.TryGetValue(name, out var model) ? NotBlank(model.FallbackModel) : null;
        return sources.IsDefault(source) ? NotBlank(options.Upstream.FallbackModel) : null;
    }

    private static string? NotBlank(string? model) => string.IsNullOrWhiteSpace(model) ? null : model;
}
