using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>Requires a duration above zero and below a day: a bare <c>10</c> means ten days to .NET, and never to its writer.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PositiveDurationAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is TimeSpan duration && duration > TimeSpan.Zero && duration < TimeSpan.FromDays(1);

    public override string FormatErrorMessage(string name) =>
        $"{name} must be a duration above zero and below a day, written hh:mm:ss (00:00:15 is 15 seconds).";
}
