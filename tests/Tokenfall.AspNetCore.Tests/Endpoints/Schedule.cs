namespace Tokenfall.AspNetCore.Tests;

/// <summary>One answer with everything that goes wrong on its way, drawn from a seed.</summary>
internal sealed class Schedule
{
    private static readonly string[] Pieces = ["a", "the ", "ü", "😀", "👩‍👩‍👧", "\"", "\\", "\n", "\n\n", "data: x\n\n", "\u2028", "\0", "<b>", "中文", " and so on, "];

    private readonly int _pauses;
    private readonly int _failAfter;
    private readonly bool _breaksOff;
    private readonly List<string> _tokens;
    private readonly List<string> _said = [];

    public Schedule(int seed)
    {
        var random = new Random(seed);
        _tokens = [.. Enumerable.Range(0, random.Next(1, 120)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Pieces[random.Next(Pieces.Length)])))];
        _pauses = random.Next(60);
        _failAfter = random.Next(4) == 0 ? random.Next(_tokens.Count) : int.MaxValue;
        _breaksOff = random.Next(2) == 0;
        StopAfter = random.Next(4) == 0 ? random.Next(30) : int.MaxValue;
        SecondReaders = random.Next(3);
        Random = random;
    }

    /// <summary>How many frames the first reader reads before it stops the run.</summary>
    public int StopAfter { get; }

    public int SecondReaders { get; }

    /// <summary>For what is decided on the way.</summary>
    public Random Random { get; }

    /// <summary>What the model has said after an event of this number, to the character. Event 1 is <c>start</c>.</summary>
    public string SaidAfter(int number) => string.Concat(_said.Skip(number - 1));

    public async Task AnswerAsync(RunWriter writer, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            for (var pause = i % 7 == 0 ? _pauses : 0; pause > 0; pause--) await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if (i == _failAfter && _breaksOff) return;
            if (i == _failAfter) throw new IOException("The model's connection broke.");
            writer.Text(_tokens[i]);
            _said.Add(_tokens[i]);
        }
        writer.Complete("end_turn");
    }
}
