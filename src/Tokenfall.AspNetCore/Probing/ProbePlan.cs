using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>What a probe is asked to send: first a silence, perhaps with heartbeats, then ticks at a pace.</summary>
internal sealed partial record ProbePlan(string Id, TimeSpan Interval, int Count, TimeSpan Silence, TimeSpan Heartbeat, int Padding, bool Bare)
{
    private const int LongestMilliseconds = 10 * 60 * 1000;

    private const int MaxPadding = 16 * 1024;

    private const int MaxTotalPadding = 4 * 1024 * 1024;

    /// <summary>From the first byte to the last, as planned.</summary>
    public TimeSpan Duration => Silence + (Interval * Count);

    /// <exception cref="RequestProblemException">A value is no number, or beyond what a probe may be.</exception>
    public static ProbePlan From(IQueryCollection query)
    {
        var plan = new ProbePlan(
            IdFrom(query),
            Milliseconds(query, "interval", 250, 1),
            Number(query, "count", 20, 0, 10_000),
            Milliseconds(query, "silence", 0, 0),
            Milliseconds(query, "heartbeat", 0, 0),
            Number(query, "padding", 32, 0, MaxPadding),
            Number(query, "bare", 0, 0, 1) == 1);
        if (plan.Duration.TotalMilliseconds > LongestMilliseconds)
            throw Refuse("The probe would last longer than ten minutes: ask for fewer or faster ticks, or a shorter silence.");
        // Anyone who may probe could otherwise have the server send as fast as it can.
        if ((long)plan.Count * plan.Padding > MaxTotalPadding) throw Refuse("The probe would send more than 4 MiB of padding: ask for fewer ticks or less padding.");
        // Comments much faster than any proxy's patience would only be a way to keep the server busy.
        if (plan.Heartbeat > TimeSpan.Zero && plan.Heartbeat < TimeSpan.FromMilliseconds(100)) throw Refuse("heartbeat must be 0 (none) or at least 100.");
        return plan;
    }

    /// <summary>The caller may name the probe, so that it can ask about one whose response it never saw.</summary>
    private static string IdFrom(IQueryCollection query)
    {
        if (!query.TryGetValue("id", out var given)) return Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return Name().IsMatch(given.ToString()) ? given.ToString() : throw Refuse("id must be 16 to 64 letters, digits, - or _.");
    }

    private static TimeSpan Milliseconds(IQueryCollection query, string name, int preset, int least) =>
        TimeSpan.FromMilliseconds(Number(query, name, preset, least, LongestMilliseconds));

    private static int Number(IQueryCollection query, string name, int preset, int least, int most)
    {
        if (!query.TryGetValue(name, out var text)) return preset;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        throw Refuse($"{name} must be a whole number from {least} to {most}.");
    }

    private static RequestProblemException Refuse(string detail) => RequestProblems.BadInput("bad_probe", "The probe cannot be run as asked", detail);

    [GeneratedRegex("^[A-Za-z0-9_-]{16,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
