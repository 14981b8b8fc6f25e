using Tokenfall.Cli.Doctor.Findings;
using Tokenfall.Cli.Doctor.Patterns;
using Tokenfall.Cli.Doctor.Probing;

namespace Tokenfall.Cli.Tests.Doctor;

/// <summary>Streams that fail in one variant of the matrix only, or never end.</summary>
public sealed class BrokenStreamTests
{
    private const int Ticks = 10;

    private static readonly Hop Hop = new(0, new("http://127.0.0.1:8000/ask/stream"));

    [Theory]
    [InlineData(502, FindingId.GatewayError)]
    [InlineData(302, FindingId.Redirected)]
    [InlineData(200, FindingId.LoginPage)]
    public void Of_OneCellGetsAnotherAnswer_IsNamedWithTheCell(int status, string id)
    {
        var refused = Recorded("br");
        (refused.Status, refused.Hello, refused.Ending) = (status, null, Ending.Complete);

        var finding = Assert.Single(Faults(Evidence(Whole("identity"), refused)));

        Assert.Equal(id, finding.Id);
        Assert.Contains("HTTP/1.1 br GET", Assert.Single(finding.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GetAndPostGetAnotherAnswer_IsOneFinding()
    {
        var get = Recorded("br");
        (get.Status, get.Hello, get.Ending) = (502, null, Ending.Complete);
        Recording Post(Recording recording) => recording with { Variant = recording.Variant with { Method = "POST" } };

        var finding = Assert.Single(Faults(Evidence(Whole("identity"), Post(Whole("identity")), get, Post(get))));

        Assert.Equal(2, finding.Evidence.Count);
    }

    [Fact]
    public void Of_OneCellFindsTheProbesBusy_IsNoFault()
    {
        var refused = Recorded("br");
        (refused.Status, refused.Hello, refused.Ending) = (429, null, Ending.Complete);

        Assert.Empty(Faults(Evidence(Whole("identity"), refused)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_OneCellDoesNotGetItsLastFrame_IsDamaged(bool isCut)
    {
        var broken = Recorded("gzip");
        (broken.Ending, broken.EndedMs) = (isCut ? Ending.Cut : Ending.Left, 1000);

        Assert.Equal(FindingId.FramesDamaged, Assert.Single(Faults(Evidence(Whole("identity"), broken))).Id);
    }

    [Fact]
    public void Of_CellsCutAtTheAgeOfEveryStream_IsTheOneLimit()
    {
        var cut = Recorded("identity");
        (cut.Ending, cut.EndedMs) = (Ending.Cut, 2950);

        var evidence = Evidence(cut) with { Idle = new(Quiet(Ending.Cut, 3010), Quiet(Ending.Cut, 3020)) };

        Assert.Equal(FindingId.TotalCut, Assert.Single(Faults(evidence)).Id);
    }

    [Fact]
    public void Of_SilentStreamLostWithoutAWord_IsIdleCut()
    {
        var evidence = Evidence(Whole("identity")) with { Idle = new(Quiet(Ending.Left, 17_000), Quiet(Ending.Complete, 12_000)) };

        Assert.Equal(FindingId.IdleCut, Assert.Single(Faults(evidence)).Id);
    }

    [Fact]
    public void Of_NothingEnds_SaysNothingAboutHeartbeats()
    {
        var hangs = Recorded("identity");
        (hangs.Ending, hangs.EndedMs) = (Ending.Left, 8000);
        var beating = Quiet(Ending.Left, 17_000);
        beating.CommentsMs.Clear();

        var evidence = Evidence(hangs) with { Idle = new(Quiet(Ending.Left, 17_000), beating) };

        Assert.Equal(FindingId.FramesDamaged, Assert.Single(Faults(evidence)).Id);
    }

    private static List<Finding> Faults(Evidence evidence) => [.. Diagnosis.Of([evidence]).Where(finding => finding.Severity != Severity.Note)];

    private static Evidence Evidence(params Recording[] variants) => new(Hop)
    {
        First = Whole("identity"),
        Variants = [.. variants.Select(variant => new VariantResult(variant, PatternReader.Read(variant)))],
    };

    private static Recording Whole(string coding)
    {
        var recording = Recorded(coding);
        recording.Frames.AddRange(Enumerable.Range(0, Ticks + 2).Select(n => new Arrival(n, n * 300, (n * 300) + 1)));
        (recording.Ending, recording.EndedMs) = (Ending.Complete, 3001);
        return recording;
    }

    private static Recording Quiet(Ending ending, double endedMs)
    {
        var recording = Whole("identity");
        (recording.Ending, recording.EndedMs) = (ending, endedMs);
        recording.CommentsMs.AddRange(Enumerable.Range(1, 11).Select(second => second * 1000.0));
        return recording with { Request = new() { Silence = 12_000, Count = 0, Heartbeat = 1000 } };
    }

    private static Recording Recorded(string coding)
    {
        var recording = new Recording(new(Wire.Http1, coding, "GET"), new() { Count = Ticks })
        {
            Status = 200,
            Hello = new("nonce", "HTTP/1.1", "http", "GET", Authorization: false, Cookie: false, SignedIn: false, new() { ["Last-Event-ID"] = "x.3" }),
        };
        recording.Headers.AddRange([KeyValuePair.Create("Cache-Control", "no-cache, no-transform"), KeyValuePair.Create("Content-Type", "text/event-stream")]);
        return recording;
    }
}
