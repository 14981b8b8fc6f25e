using Tokenfall.Doctor.Tests.Faults;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Doctor.Tests.Wire;
using Xunit.Abstractions;

namespace Tokenfall.Doctor.Tests.Diagnosing;

/// <summary>The doctor names every planted fault at its hop, and accuses no other hop.</summary>
[Trait("Needs", "proxies")]
public class PlantedFaultTests(ITestOutputHelper output)
{
    private static readonly SideBySide<DoctorAnswer> Answers =
        new(FaultTable.All.ToDictionary(fault => fault.Name, fault => (Func<Task<DoctorAnswer>>)(() => AskAsync(fault))), atOnce: 8);

    public static TheoryData<string> Names => [.. FaultTable.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Doctor_PlantedFault_IsNamedAtItsHop(string name)
    {
        var fault = FaultTable.All.Single(row => row.Name == name);

        var answer = await Answers.Of(name);

        output.WriteLine(answer.Text);
        Assert.Equal(1, answer.ExitCode);
        var found = Assert.Single(answer.Findings, found => (found.Id == fault.Finding || found.Id == fault.OrFinding) && found.Level == fault.Culprit);
        Assert.NotEmpty(found.Fixes);
        if (fault.Product is { } product) Assert.Contains(product, found.Products);
        Assert.All(answer.Findings, other => Assert.True(other.Level == fault.Culprit || other.Id == fault.Also, $"{other.Id} at {other.Level}"));
    }

    private static async Task<DoctorAnswer> AskAsync(Fault fault)
    {
        await using var path = await HopPath.StartAsync(fault.Headers, fault.Hops);
        return await DoctorAnswer.AskAsync(path, fault.Connection is not Connection.Http1);
    }
}
