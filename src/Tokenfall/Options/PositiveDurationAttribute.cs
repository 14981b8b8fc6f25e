using System.ComponentModel.DataAnnotations;

namespace Tokenfall;

/// <summary>Requires a duration above zero and below one day. .NET parses a bare <c>10</c> as ten days, which is never what was meant.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PositiveDurationAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is TimeSpan duration && duration > TimeSpan.Zero && duration < TimeSpan.FromDays(1);

    public override string FormatErrorMessage(string name) =>
        $"{name} must be a duration above zero and below one day, written as hh:mm:ss (00:00:15 is 15 seconds).";
}
