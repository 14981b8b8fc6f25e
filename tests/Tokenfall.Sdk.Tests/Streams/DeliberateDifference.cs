using System.Text;
using System.Text.RegularExpressions;

namespace Tokenfall.Sdk.Tests.Streams;

/// <summary>Where Tokenfall reads a stream otherwise than the official SDK, on purpose. The table is in <c>docs/events.md</c>.</summary>
internal static partial class DeliberateDifference
{
    public const string WholeMessage = "`message_start` already has content";
    public const string CutCall = "a call's arguments are cut short";
    public const string TwoMessages = "a second message begins while the first is open";
    public const string NoModel = "`message_start` without a model";

    /// <summary>The difference that this stream is known for; null when both must read the same.</summary>
    public static string? Of(byte[] stream, Reading ours)
    {
        var text = Encoding.UTF8.GetString(stream);
        var starts = Start().Matches(text).Select(match => match.Value).ToList();
        if (starts.Select(start => Id().Match(start).Value).Distinct().Count() > 1) return TwoMessages;
        if (starts.Any(start => Content().IsMatch(start))) return WholeMessage;
        if (starts.Any(start => !start.Contains("\"model\"", StringComparison.Ordinal))) return NoModel;
        return Incomplete().IsMatch(ours.Calls) ? CutCall : null;
    }

    [GeneratedRegex("""^data: .*"message_start".*$""", RegexOptions.Multiline)]
    private static partial Regex Start();

    [GeneratedRegex("\"id\": ?\"[^\"]*\"")]
    private static partial Regex Id();

    [GeneratedRegex(@"""content"": ?\[ ?\{")]
    private static partial Regex Content();

    // The arguments are then a string with what arrived.
    [GeneratedRegex("""^\S+ \S+ ["]""", RegexOptions.Multiline)]
    private static partial Regex Incomplete();
}
