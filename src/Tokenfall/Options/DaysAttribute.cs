using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>Requires a duration of at least one day and at most ten years.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DaysAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is TimeSpan duration && duration >= TimeSpan.FromDays(1) && duration <= TimeSpan.FromDays(3653);

    public override string FormatErrorMessage(string name) => $"{name} must be at least one day and at most ten years, written as days (7) or d.hh:mm:ss (7.00:00:00).";
}
