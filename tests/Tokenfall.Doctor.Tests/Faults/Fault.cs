using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Doctor.Tests.Wire;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>One fault, planted in a path.</summary>
/// <param name="Name">What a reader of the test's report sees.</param>
/// <param name="Connection">How its reader speaks, since many faults show on one kind of connection only.</param>
/// <param name="Hops">From the reader's side to the application.</param>
/// <param name="Symptom">Fails unless the fault shows on the wire.</param>
/// <param name="Finding">What the doctor calls it.</param>
internal sealed record Fault(
    string Name, Connection Connection, HopStart[] Hops, Func<HopPath, Connection, Task> Symptom, string Finding)
{
    /// <summary>What the application says about its streams.</summary>
    public OriginHeaders Headers { get; init; } = OriginHeaders.All;

    /// <summary>Where in <see cref="Hops"/> the fault is.</summary>
    public int Culprit { get; init; }

    public override string ToString() => Name;
}
