using CsCheck;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>One answer with everything that goes wrong on its way.</summary>
internal sealed class Schedule(string[] tokens, int pauses, int failAfter, bool breaksOff, int stopAfter, int secondReaders, Choices cuts, Choices choices)
{
    // More than enough to show what cuts do; then one goes through, or a case might never end.
    private const int MaxCuts = 40;

    private static readonly Gen<string> Token =
        Gen.OneOf("a", "the ", "ü", "😀", "👩‍👩‍👧", "\"", "\\", "\n", "\n\n", "data: x\n\n", "\u2028", "\0", "<b>", "中文", " and so on, ").Array[1, 7].Select(string.Concat);

    public static readonly Gen<Schedule> Any = Gen.Select(
        Token.Array[1, 119], Gen.Int[0, 59], OneInFour(Gen.Int[0, 118]), Gen.Bool, OneInFour(Gen.Int[0, 29]), Gen.Int[0, 2], Choices.Any, Choices.Any)
        .Select((tokens, pauses, failAfter, breaksOff, stopAfter, secondReaders, cuts, choices) =>
            new Schedule(tokens, pauses, failAfter, breaksOff, stopAfter, secondReaders, cuts, choices));

    private readonly List<string> _said = [];
    private int _connections;

    /// <summary>How many frames the first reader reads before it stops the run.</summary>
    public int StopAfter => stopAfter;

    public int SecondReaders => secondReaders;

    /// <summary>For what is decided on the way.</summary>
    public Choices Choices => choices;

    /// <summary>How many bytes the next connection lives for, headers included: a third of them are left alone.</summary>
    public int NextBudget() => ++_connections > MaxCuts || cuts.Next(3) == 0 ? int.MaxValue : cuts.Next(3000);

    /// <summary>What the model has said after an event of this number, to the character. Event 1 is <c>start</c>.</summary>
    public string SaidAfter(int number) => string.Concat(_said.Skip(number - 1));

    public override string ToString() =>
        $"{tokens.Length} tokens, {pauses} pauses, fails after {failAfter} ({breaksOff}), stop after {stopAfter}, {secondReaders} second readers, cuts {cuts}, choices {choices}";

    public async Task AnswerAsync(RunWriter writer, CancellationToken cancellationToken)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            for (var pause = i % 7 == 0 ? pauses : 0; pause > 0; pause--) await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if (i == failAfter && breaksOff) return;
            if (i == failAfter) throw new IOException("The model's connection broke.");
            writer.Text(tokens[i]);
            _said.Add(tokens[i]);
        }
        writer.Complete("end_turn");
    }

    private static Gen<int> OneInFour(Gen<int> rare) => Gen.Frequency((3, Gen.Const(int.MaxValue)), (1, rare));
}
