using System.Globalization;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Mock;

/// <summary>Faults by name, as <c>--fault</c> takes them: <c>overloaded</c>, or <c>reset:20</c> for one after 20 tokens.</summary>
internal static class MockFaults
{
    private static readonly Dictionary<string, ModelFault> Immediate = new()
    {
        ["bad-request"] = ModelFault.BadRequest,
        ["unauthorized"] = ModelFault.Unauthorized,
        ["rate-limited"] = ModelFault.RateLimited(TimeSpan.FromSeconds(1)),
        ["spend-limit"] = ModelFault.SpendLimit,
        ["server-error"] = ModelFault.ServerError,
        ["overloaded"] = ModelFault.Overloaded,
        ["no-headers"] = ModelFault.NoHeaders,
        ["hang-up"] = ModelFault.HangUp,
    };

    private static readonly Dictionary<string, Func<int, ModelFault>> AfterTokens = new()
    {
        ["error"] = tokens => ModelFault.InBandError("overloaded_error", "Overloaded", tokens),
        ["clean-end"] = ModelFault.CleanEnd,
        ["end-inside-event"] = ModelFault.EndInsideEvent,
        ["reset"] = ModelFault.Reset,
        ["stall"] = tokens => ModelFault.Stall(tokens),
        ["stall-with-pings"] = tokens => ModelFault.Stall(tokens, pings: true),
        ["garbage"] = ModelFault.Garbage,
    };

    /// <summary>All names, for help.</summary>
    public static string Names { get; } = string.Join(", ", Immediate.Keys.Concat(AfterTokens.Keys.Select(name => $"{name}:N")));

    /// <summary>Finds a fault by its name; null when there is none.</summary>
    public static ModelFault? Find(string name)
    {
        if (Immediate.TryGetValue(name, out var fault)) return fault;
        var parts = name.Split(':');
        return parts.Length == 2 && AfterTokens.TryGetValue(parts[0], out var make) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
            ? make(tokens)
            : null;
    }
}
