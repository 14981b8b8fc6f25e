using System.Text.Json;

namespace Tokenfall.Bench.Compare;

/// <summary>Measurements in a file, one JSON object a line, so that an interrupted comparison can be continued.</summary>
/// <param name="path">The file; created when it does not exist.</param>
internal sealed class MeasurementFile(string path)
{
    private readonly List<Measurement> _all = File.Exists(path) ? [.. File.ReadLines(path).Select(Read)] : [];

    public IReadOnlyList<Measurement> All => _all;

    public bool Has(string scenario, string contender, int round) =>
        _all.Any(one => one.Scenario == scenario && one.Contender == contender && one.Round == round);

    public void Add(Measurement measurement)
    {
        _all.Add(measurement);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllLines(path, [JsonSerializer.Serialize(measurement, JsonSerializerOptions.Web)]);
    }

    /// <summary>Removes the measurements of a contender in a scenario.</summary>
    public void Remove(string scenario, string contender)
    {
        if (_all.RemoveAll(one => one.Scenario == scenario && one.Contender == contender) > 0)
            File.WriteAllLines(path, _all.Select(one => JsonSerializer.Serialize(one, JsonSerializerOptions.Web)));
    }

    private static Measurement Read(string line) => JsonSerializer.Deserialize<Measurement>(line, JsonSerializerOptions.Web)!;
}
