namespace Tokenfall.AspNetCore;

/// <summary>Which of the model's settings callers may choose, and within which limits. Values beyond a limit are clamped to it.</summary>
public sealed class RequestOptionLimits
{
    /// <summary>The lowest and highest temperature; null rejects the field <c>temperature</c>.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public (float Min, float Max)? Temperature { get; set; }

    /// <summary>The longest answer that callers may ask for, in tokens; null rejects the field <c>max_tokens</c>.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public int? MaxTokens { get; set; }

    /// <summary>Whether the field <c>reasoning_effort</c> is accepted.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool ReasoningEffort { get; set; }

    /// <exception cref="ArgumentException">A limit allows nothing.</exception>
    internal void Validate()
    {
        if (Temperature is var (min, max) && !(min <= max)) throw new ArgumentException($"The lowest temperature, {min}, is above the highest, {max}.");
        if (MaxTokens is <= 0) throw new ArgumentException("MaxTokens must be above 0.");
    }
}
