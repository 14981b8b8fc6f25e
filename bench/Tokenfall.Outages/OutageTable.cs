using System.Globalization;
using Tokenfall.EndToEnd.Tests.Outages;

namespace Tokenfall.Outages;

/// <summary>The results as a Markdown table: a row per fault and moment, a column per length.</summary>
internal static class OutageTable
{
    public static void Print(TextWriter output, IReadOnlyDictionary<OutageCell, string> results)
    {
        var seconds = results.Keys.Select(cell => cell.Seconds).Distinct().Order().ToList();
        output.WriteLine($"| Reader | Fault | Moment |{string.Concat(seconds.Select(length => $" {length} s |"))}");
        output.WriteLine($"|---|---|---|{string.Concat(seconds.Select(_ => "---|"))}");
        foreach (var row in results.GroupBy(result => (result.Key.Reader, result.Key.Fault, result.Key.Moment)).OrderBy(row => row.Key))
        {
            var cells = seconds.Select(length => row.FirstOrDefault(cell => cell.Key.Seconds == length).Value ?? "");
            output.WriteLine($"| {row.Key.Reader} | {row.Key.Fault} | {row.Key.Moment} | {string.Join(" | ", cells)} |");
        }
    }

    /// <summary>What came of a cell, in a few words: when the answer was complete, counted from the end of the outage, and what the reader saw.</summary>
    public static string Describe(OutageResult result)
    {
        var states = result.States.Trim().Split(' ');
        var seen = states.Contains("reconnecting") ? "reconnecting" : "nothing";
        return result.IsGood
            ? string.Create(CultureInfo.InvariantCulture, $"exact, back after {result.Back.TotalSeconds:F1} s, saw {seen}{(result.Posts > 1 ? $", {result.Posts} posts" : "")}")
            : $"**WRONG**: {result.Calls} calls, text \"{result.Text.ReplaceLineEndings("\\n")}\", {string.Join(' ', states)}";
    }
}
