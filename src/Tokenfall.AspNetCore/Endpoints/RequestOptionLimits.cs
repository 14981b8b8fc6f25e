namespace Tokenfall.AspNetCore;

/// <summary>Which settings of the model callers may choose, and how far. What is beyond a limit is taken back to it.</summary>
public sealed class RequestOptionLimits
{
    /// <summary>Lowest and highest temperature; null refuses the field <c>temperature</c>.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public (float Min, float Max)? Temperature { get; set; }

    /// <summary>Longest answer that may be asked for, in tokens; null refuses the field <c>max_tokens</c>.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public int? MaxTokens { get; set; }

    /// <summary>Whether the field <c>reasoning_effort</c> is taken.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool ReasoningEffort { get; set; }
}
