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
    /// <summary>What the doctor may call it instead: some faults hurt more with one build of a proxy than with another.</summary>
    public string? OrFinding { get; init; }

    /// <summary>What the application says about its streams.</summary>
    public OriginHeaders Headers { get; init; } = OriginHeaders.All;

    /// <summary>Where in <see cref="Hops"/> the fault is.</summary>
    public int Culprit { get; init; }

    /// <summary>The product that the doctor has to recognise there, if it is a real one.</summary>
    public string? Product => new[] { "nginx", "HAProxy", "Caddy", "Apache" }.FirstOrDefault(product => Name.Contains(product, StringComparison.Ordinal));

    /// <summary>What else it may name, elsewhere: a second fault that the first one needs in order to show.</summary>
    public string? Also { get; init; }

    public override string ToString() => Name;
}
