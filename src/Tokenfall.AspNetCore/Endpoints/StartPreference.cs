using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Tokenfall.AspNetCore;

/// <summary>How a caller wants to start a run: to read it, or to let it run without a reader.</summary>
internal static partial class StartPreference
{
    private const string RespondAsync = "respond-async";

    /// <summary>Whether the caller asks for a run that nobody reads: <c>Prefer: respond-async</c> (RFC 7240, section 4.1).</summary>
    public static bool IsDetached(HttpRequest request) =>
        request.Headers.TryGetValue("Prefer", out var values)
        && Preferences(values).Any(name => name.Equals(RespondAsync, StringComparison.OrdinalIgnoreCase));

    /// <summary>Tells the caller that its preference was followed.</summary>
    public static void Confirm(HttpResponse response) => response.Headers["Preference-Applied"] = RespondAsync;

    /// <summary>What <c>Accept</c> meant before: JSON, and neither events nor everything, started a run that nobody reads.</summary>
    public static bool AcceptsOnlyJson(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            && !accepted.Any(type => type.MatchesAllTypes || SseHeaders.IsEventStream(type));
    }

    /// <summary>Checks that the caller does not rule out events by <c>text/event-stream;q=0</c>. Any other <c>Accept</c> gets them.</summary>
    /// <exception cref="RequestProblemException">It does.</exception>
    public static void RequireEvents(HttpRequest request)
    {
        // Without a quality nothing is ruled out, and nothing has to be parsed.
        if (!request.Headers.Accept.ToString().Contains('q', StringComparison.OrdinalIgnoreCase)) return;
        var events = request.GetTypedHeaders().Accept.Where(SseHeaders.IsEventStream).ToList();
        if (events.Count > 0 && events.All(type => type.Quality == 0)) throw RequestProblems.EventsNotAccepted();
    }

    // A value may be a quoted string, and that may hold anything.
    private static IEnumerable<string> Preferences(StringValues values) => QuotedString().Replace(string.Join(',', (IEnumerable<string?>)values), "")
        .Split(',').Select(preference => preference.Split(';', '=')[0].Trim());

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedString();
}
