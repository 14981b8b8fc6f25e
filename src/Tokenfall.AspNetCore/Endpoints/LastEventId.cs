using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore;

/// <summary>Where a reader resumes: the header <c>Last-Event-ID</c> (HTML standard, section 9.2.4) or <c>?after=</c>.</summary>
internal static class LastEventId
{
    public const string Header = "Last-Event-ID";

    /// <summary>The event that the header names; null without a header.</summary>
    public static FrameId? From(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values)) return null;
        return FrameId.TryParse(values.ToString(), out var id) ? id : throw Malformed();
    }

    /// <summary>The position in this run. The header wins over <c>?after=</c>, because a reconnecting reader repeats its first address.</summary>
    public static int PositionIn(Run run, HttpRequest request)
    {
        if (From(request) is { } id)
            return id.Run == run.Id ? id.Number : throw RequestProblems.BadInput("unknown_event", "The event id is of another run", "Last-Event-ID names a run other than the address does.");
        if (!request.Query.TryGetValue("after", out var after)) return 0;
        return FrameId.TryParseNumber(after.ToString(), out var number) ? number : throw Malformed();
    }

    private static RequestProblemException Malformed() => RequestProblems.BadInput(
        "malformed_event_id", "The event id is malformed",
        "Last-Event-ID must be the id of a frame that this server sent, such as Zk3vM0q2T5uXw8yB1cD4eA.41; ?after= is the number behind its dot.");
}
