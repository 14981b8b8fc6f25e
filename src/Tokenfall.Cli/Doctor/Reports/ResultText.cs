using System.Globalization;
using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Reports;

/// <summary>Results in words.</summary>
internal static class ResultText
{
    public static string Of(Arrivals kind) => kind switch
    {
        Arrivals.Live => "live",
        Arrivals.Delayed => "delayed",
        Arrivals.OneLate => "one event late",
        Arrivals.Batched => "batched",
        Arrivals.AtTheEnd => "all at the end",
        _ => "unknown",
    };

    public static string Of(Pattern pattern, Recording recording) => pattern.Kind switch
    {
        Arrivals.AtTheEnd => $"{Of(pattern.Kind)}, {Seconds(recording.EndedMs)}",
        Arrivals.Batched => $"{Of(pattern.Kind)}, {Milliseconds(pattern.Period)} apart",
        Arrivals.Unknown => Of(recording),
        _ => $"{Of(pattern.Kind)}, {Milliseconds(pattern.MedianLag)}",
    };

    public static string Of(Recording recording) => recording switch
    {
        { NotOffered: true } => "not offered",
        { Status: null } => recording.Failure ?? "no response",
        { Status: not 200 } => $"HTTP {recording.Status}",
        { Ending: Ending.Cut } => $"cut after {Seconds(recording.EndedMs)}",
        { Hello: null } => "not an event stream",
        { Ending: Ending.Left } => "did not end",
        _ => $"complete after {Seconds(recording.EndedMs)}",
    };

    public static string Seconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s");

    public static string Milliseconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms");
}
