namespace Tokenfall.Bench.Reports;

/// <summary>A measured value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The value.</param>
/// <param name="Limit">The highest acceptable value; null where there is no target.</param>
internal sealed record Figure(string Name, string Unit, double Value, double? Limit);

/// <summary>What one run of a scenario found.</summary>
internal sealed class Result
{
    private const int MaxProblems = 10;

    private readonly List<Figure> _figures = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _notes = [];

    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>What was wrong with streams: the first few problems.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What makes the figures less meaningful, although no stream was wrong.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public double this[string name] => _figures.Single(figure => figure.Name == name).Value;

    public void Add(string name, double value, string unit, double? limit = null) => _figures.Add(new Figure(name, unit, value, limit));

    public void Note(string note) => _notes.Add(note);

    public void Fail(string problem)
    {
        if (_problems.Count < MaxProblems) _problems.Add(problem);
    }
}
