namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>The planted faults are faults: each shows on the wire, to a reader that knows nothing of the doctor.</summary>
[Trait("Needs", "proxies")]
public sealed class FaultTests(FaultRun run) : IClassFixture<FaultRun>
{
    public static TheoryData<string> Names => [.. FaultTable.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Fault_Planted_ShowsOnTheWire(string name) => run.Of(name);
}
