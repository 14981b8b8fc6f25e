namespace Tokenfall;

/// <summary>Settings of one named model, bound from <c>Tokenfall:Models:{name}</c>. The section may also have the settings of its provider.</summary>
public sealed class ModelOptions
{
    /// <summary>The model to ask on the last attempt, in the provider's own words; null asks the same one again.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? FallbackModel { get; set; }
}
