using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>Requires a duration above zero that a timer can hold (24 days).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PositiveDurationAttribute : ValidationAttribute
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    public override bool IsValid(object? value) => value is TimeSpan duration && duration > TimeSpan.Zero && duration <= Longest;

    public override string FormatErrorMessage(string name) =>
        $"{name} must be a duration above zero and at most 24 days, written hh:mm:ss (00:00:15 is 15 seconds).";
}
