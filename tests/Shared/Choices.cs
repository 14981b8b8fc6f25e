using CsCheck;

namespace Tokenfall.Tests;

/// <summary>What a generated case decides on its way, one choice after the other; they begin again when they are used up.</summary>
internal sealed class Choices(int[] drawn)
{
    public static readonly Gen<Choices> Any = Gen.Int[0, 1 << 20].Array[1, 100].Select(drawn => new Choices(drawn));

    private int _next;

    /// <summary>A number from 0, below this one.</summary>
    public int Next(int below) => drawn[_next++ % drawn.Length] % below;

    /// <summary>A number from the first, below the second.</summary>
    public int Next(int from, int below) => from + Next(below - from);

    public override string ToString() => string.Join(' ', drawn);
}
