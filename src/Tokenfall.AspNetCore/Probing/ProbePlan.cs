using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>What a probe sends: first a silence, optionally with heartbeats, then ticks at a fixed interval.</summary>
/// <param name="Id">The probe's name.</param>
/// <param name="Interval">Time between ticks.</param>
/// <param name="Count">Number of ticks.</param>
/// <param name="Silence">Time before the first interval during which no event is sent.</param>
/// <param name="Heartbeat">Time between comments during the silence; zero sends none.</param>
/// <param name="Padding">Random characters in each tick.</param>
/// <param name="Bare">Whether to omit the headers that ask hops not to hold the stream back.</param>
internal sealed partial record ProbePlan(string Id, TimeSpan Interval, int Count, TimeSpan Silence, TimeSpan Heartbeat, int Padding, bool Bare)
{
    private const int LongestMilliseconds = 10 * 60 * 1000;

    private const int MaxPadding = 16 * 1024;

    private const int MaxTotalPadding = 4 * 1024 * 1024;

    /// <summary>The planned time from the first byte to the last.</summary>
    public TimeSpan Duration => Silence + (Interval * Count);

    /// <summary>Reads the plan from the query string.</summary>
    /// <param name="query">The request's query; missing values have defaults.</param>
    /// <returns>A plan within the limits of a probe.</returns>
    /// <exception cref="RequestProblemException">A value is not a number or is outside the limits.</exception>
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
        // Otherwise anyone who may probe could make the server send at full speed.
        if ((long)plan.Count * plan.Padding > MaxTotalPadding) throw Refuse("The probe would send more than 4 MiB of padding: ask for fewer ticks or less padding.");
        // No proxy timeout is that short; faster comments would only keep the server busy.
        if (plan.Heartbeat > TimeSpan.Zero && plan.Heartbeat < TimeSpan.FromMilliseconds(100)) throw Refuse("heartbeat must be 0 (none) or at least 100.");
        return plan;
    }

    /// <summary>The caller may choose the id, so that it can look up a probe whose response it never saw.</summary>
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

    private static RequestProblemException Refuse(string detail) => RequestProblems.BadInput("bad_probe", "The probe's parameters are not valid", detail);

    [GeneratedRegex("^[A-Za-z0-9_-]{16,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
