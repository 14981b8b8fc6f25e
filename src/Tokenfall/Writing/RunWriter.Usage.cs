namespace Tokenfall;

/// <content>What the provider counts, and what there is to estimate from where it does not.</content>
public sealed partial class RunWriter
{
    internal TokenUsage Reported { get; private set; }

    /// <summary>Whether the provider reported a figure that no model has.</summary>
    internal bool HasUnusableUsage { get; private set; }

    /// <summary>Whether the figures are the provider's last: they stand even where the answer breaks off after them.</summary>
    internal bool HasFinalUsage { get; private set; }

    /// <summary>Size of what the model said, in UTF-8: the basis of an estimate when no figure came. What tools answered is not part of it.</summary>
    internal long OutputBytes { get; private set; }

    /// <summary>Sets the usage known so far. Figures are cumulative: they replace earlier ones, and null leaves them.</summary>
    /// <param name="usage">
    /// The figures. One that is negative or above <see cref="int.MaxValue"/> leaves the earlier one, too, and makes the quality of the run's usage
    /// <see cref="UsageQuality.Unknown"/>.
    /// </param>
    public void Usage(TokenUsage usage)
    {
        HasUnusableUsage |= usage.HasUnusable;
        Reported = Reported.UpdatedBy(usage);
    }

    /// <summary>The provider reported a figure that no model has, and the source left it out of <see cref="Usage"/>.</summary>
    internal void UnusableUsage() => HasUnusableUsage = true;

    /// <summary>Says whether the provider has counted all that was written until now.</summary>
    internal void FinishUsage(bool isFinal) => HasFinalUsage = isFinal && Reported.OutputTokens is not null;
}
