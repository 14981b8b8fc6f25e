using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Doctor.Tests.Paths;
using Xunit.Abstractions;

namespace Tokenfall.Doctor.Tests.Diagnosing;

/// <summary>The doctor finds nothing wrong with what is shipped. <c>bench/Tokenfall.FalseAlarms</c> asks many more times.</summary>
[Trait("Needs", "proxies")]
public class HealthyPathTests(ITestOutputHelper output)
{
    private static readonly SideBySide<DoctorAnswer> Answers = new(
        (from path in HealthyPaths.All
         from tls in (bool[])[false, true]
         select KeyValuePair.Create($"{path.Key}, {(tls ? "TLS" : "plaintext")}", (Func<Task<DoctorAnswer>>)(() => AskAsync(path.Value, tls)))).ToDictionary(),
        atOnce: 4);

    public static TheoryData<string> Paths => [.. Answers.Names];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Doctor_ShippedConfiguration_FindsNothing(string name)
    {
        var answer = await Answers.Of(name);

        output.WriteLine(answer.Text);
        Assert.Empty(answer.Findings);
        Assert.Equal(0, answer.ExitCode);
    }

    private static async Task<DoctorAnswer> AskAsync(HopStart[] hops, bool tls)
    {
        await using var path = await HopPath.StartAsync(OriginHeaders.All, hops);
        return await DoctorAnswer.AskAsync(path, tls);
    }
}
