using System.Text.Json;

namespace Tokenfall.Bench.Reports;

/// <summary>Results for other programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Of(string scenario, IReadOnlyList<Result> results) =>
        JsonSerializer.Serialize(new { scenario, machine = Machine.Describe(scenario), runs = results.Select(result => new { result.Figures, result.Notes, result.Problems }) }, Readable);
}
