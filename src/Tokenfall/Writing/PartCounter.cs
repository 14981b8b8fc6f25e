using System.Runtime.CompilerServices;

namespace Tokenfall;

/// <summary>Numbers the parts of an answer, from 1 within each kind.</summary>
internal struct PartCounter
{
    private Numbers _last;

    /// <summary>The number of the last part of this kind; 0 when there is none.</summary>
    public readonly ushort Current(PartKind kind) => _last[(int)kind];

    /// <summary>Takes the next number; false when there is none left.</summary>
    public bool TryNext(PartKind kind, out ushort number)
    {
        ref var last = ref _last[(int)kind];
        number = last;
        if (last == ushort.MaxValue) return false;
        number = ++last;
        return true;
    }

    [InlineArray((int)PartKind.Opaque + 1)]
    private struct Numbers
    {
        private ushort _first;
    }
}
