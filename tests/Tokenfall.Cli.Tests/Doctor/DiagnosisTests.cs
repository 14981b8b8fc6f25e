using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Tests.Doctor;

/// <summary>Which hop is to blame.</summary>
public sealed class DiagnosisTests
{
    private static readonly IReadOnlyList<Hop> Path = Hop.Path(new("https://example.org"), [new("http://10.0.0.2"), new("http://10.0.0.3:8000")]);

    [Fact]
    public void Of_HealthyPath_NamesNothing() => Assert.Empty(Faults(Healthy(0), Healthy(1), Healthy(2)));

    [Fact]
    public void Of_SeenAtTheOutermostOnly_BlamesIt() => Assert.Equal(0, Assert.Single(Faults(Cut(0, 2000), Healthy(1), Healthy(2))).Level);

    [Fact]
    public void Of_SeenFurtherIn_BlamesTheInnermostThatShowsIt() => Assert.Equal(1, Assert.Single(Faults(Cut(0, 2000), Cut(1, 2100), Healthy(2))).Level);

    [Fact]
    public void Of_TwoCutsOfOtherLength_BlamesBoth() => Assert.Equal([0, 1], Faults(Cut(0, 2000), Cut(1, 6000), Healthy(2)).Select(finding => finding.Level));

    [Fact]
    public void Of_ProductOfTheOuterHop_IsNotThatOfTheInner()
    {
        var outer = Cut(0, 2000);
        outer.First.Headers.AddRange([KeyValuePair.Create("Server", "nginx"), KeyValuePair.Create("Via", "1.1 Caddy")]);
        var inner = Healthy(1);
        inner.First.Headers.Add(KeyValuePair.Create("Via", "1.1 Caddy"));

        var finding = Assert.Single(Faults(outer, inner));

        Assert.Equal(["nginx"], finding.Products);
        Assert.Equal("proxy_read_timeout 3600s;", Assert.Single(finding.Fixes).Line);
    }

    [Fact]
    public void Of_NothingRecognised_GivesTheLineForEachProduct() =>
        Assert.True(Assert.Single(Faults(Cut(0, 2000), Healthy(1))).Fixes.Count > 8);

    [Fact]
    public void Of_EndpointElsewhere_TheLinesNameItsPath()
    {
        var elsewhere = Cut(0, 2000) with { Hop = new(0, new("https://example.org/support/live")) };
        elsewhere.First.Headers.Add(KeyValuePair.Create("Server", "Apache"));

        Assert.StartsWith("ProxyPass /support/live ", Assert.Single(Assert.Single(Faults(elsewhere)).Fixes).Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BothStreamsCut_IsALimitOnAll()
    {
        var evidence = Healthy(0) with { Idle = new(Stream(Ending.Cut, 3000), Stream(Ending.Cut, 3100)) };

        Assert.Equal(FindingId.TotalCut, Assert.Single(Faults(evidence)).Id);
    }

    [Fact]
    public void Of_EveryFinding_HasWordsAndALine() => Assert.All(
        typeof(FindingId).GetFields().Select(field => (string)field.GetRawConstantValue()!),
        id =>
        {
            Assert.NotEmpty(Explanations.Of(id).Title);
            Assert.NotEmpty(Advice.For(id, new HashSet<Product>(), "/ask/stream"));
        });

    private static List<Finding> Faults(params Evidence[] path) => [.. Diagnosis.Of(path).Where(finding => finding.Severity != Severity.Note)];

    private static Evidence Healthy(int level) => new(Path[level]) { First = Hello(), Idle = new(Stream(Ending.Complete, 12_000), Stream(Ending.Complete, 12_000)) };

    private static Evidence Cut(int level, double afterMs) => Healthy(level) with { Idle = new(Stream(Ending.Cut, afterMs), Stream(Ending.Complete, 12_000)) };

    private static Recording Stream(Ending ending, double endedMs)
    {
        var recording = Hello();
        (recording.Ending, recording.EndedMs) = (ending, endedMs);
        recording.CommentsMs.AddRange(Enumerable.Range(1, 11).Select(second => second * 1000.0));
        return recording;
    }

    private static Recording Hello() => new(new(Wire.Http1, "identity", "GET"), new() { Silence = 12_000, Count = 0, Heartbeat = 1000 })
    {
        Status = 200,
        Ending = Ending.Complete,
        Hello = new("nonce", "HTTP/1.1", "http", "GET", Authorization: false, Cookie: false, SignedIn: false, []),
    };
}
