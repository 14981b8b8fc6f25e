using System.Reflection;
using System.Text.Json.Serialization;
using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Doctor.Reports;

/// <summary>The document of <c>tokenfall doctor --json</c>; described in <c>docs/doctor.md</c>. A breaking change raises the schema number.</summary>
internal sealed record DoctorReport(
    int Schema, string Tool, Uri Url, bool Healthy, double DurationMs, IReadOnlyList<HopReport> Hops, IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> Notes)
{
    private const int CurrentSchema = 1;

    /// <summary>The name and version of this program.</summary>
    public static string ToolName { get; } = $"tokenfall {typeof(DoctorReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    public static DoctorReport Of(DoctorOptions options, DoctorResult result) => new(
        CurrentSchema, ToolName, options.Path[0].Url, !result.Faults.Any(), Math.Round(result.Duration.TotalMilliseconds),
        [.. result.Path.Select(HopReport.Of)], [.. result.Faults], [.. result.Notes]);
}

/// <summary>The measurements at one address.</summary>
internal sealed record HopReport(
    Uri Url, int Level, IReadOnlyList<string> Products, ReceivedRequest? ApplicationSaw, [property: JsonPropertyName("cells")] IReadOnlyList<StreamReport> Variants,
    StreamReport? Silent, [property: JsonPropertyName("beating")] StreamReport? WithHeartbeats, AbortResult? Abort, bool? Cached,
    [property: JsonPropertyName("crowd")] ConcurrencyResult? Concurrency)
{
    public static HopReport Of(Evidence evidence) => new(
        evidence.Hop.Url, evidence.Hop.Level, [.. ProductDetector.SeenAt(evidence).Order().Select(ProductNames.Of)], evidence.Hello,
        [.. evidence.Variants.Select(variant => StreamReport.Of(variant.Recording, variant.Pattern))],
        evidence.Idle is null ? null : StreamReport.Of(evidence.Idle.Silent, null),
        evidence.Idle is null ? null : StreamReport.Of(evidence.Idle.WithHeartbeats, null),
        evidence.Abort,
        evidence.Cache is null ? null : evidence.Cache.First.Hello?.Nonce == evidence.Cache.Second.Hello?.Nonce,
        evidence.Concurrency);
}

/// <summary>One stream. Times in milliseconds since the request; <c>frames</c> are pairs of sent and arrived.</summary>
internal sealed record StreamReport(
    string Protocol, string Encoding, string Method, int? Status, Ending Ending, string? Failure, double HeadersMs, double EndedMs, string ContentEncoding,
    Arrivals? Pattern, double? MedianLagMs, double? HighLagMs, double? MaxLagMs, int? Groups, int Comments, IReadOnlyList<double[]> Frames)
{
    public static StreamReport Of(Recording recording, Pattern? pattern) => new(
        ProbeVariant.WireName(recording.Variant.Wire), recording.Variant.Coding, recording.Variant.Method, recording.Status, recording.Ending, recording.Failure,
        Round(recording.HeadersMs), Round(recording.EndedMs), recording.Coding, pattern?.Kind, Round(pattern?.MedianLag), Round(pattern?.HighLag), Round(pattern?.MaxLag),
        pattern?.Groups, recording.CommentsMs.Count, [.. recording.Frames.Select(frame => new[] { Round(frame.SentMs), Round(frame.ArrivedMs) })]);

    private static double Round(double value) => Math.Round(value, 1);

    private static double? Round(double? value) => value is { } number ? Round(number) : null;
}
