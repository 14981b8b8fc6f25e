using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Tokenfall.AspNetCore;

/// <summary>Requires origins (RFC 6454): a scheme, a host, and a port where it is not the scheme's own.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TrustedOriginsAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is IEnumerable<string> origins && origins.All(origin => TryNormalize(origin, out _));

    public override string FormatErrorMessage(string name) =>
        $"{name} must be origins such as https://app.example or http://localhost:5173: no path, no wildcard.";

    /// <summary>The origin as browsers write it; false when it is none, as the opaque origin <c>null</c> is.</summary>
    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? origin)
    {
        origin = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "https" or "http", PathAndQuery: "/", Fragment: "", UserInfo: "" } && !uri.Host.Contains('*', StringComparison.Ordinal)
            ? uri.GetLeftPart(UriPartial.Authority) : null;
        return origin is not null;
    }
}
