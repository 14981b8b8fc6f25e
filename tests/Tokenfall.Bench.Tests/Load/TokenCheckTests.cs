using System.Diagnostics;
using System.Text;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Load;

namespace Tokenfall.Bench.Tests.Load;

public class TokenCheckTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Feed_TokensInAnyEnvelopeAndPiece_AreCounted(int piece)
    {
        const string Body = "event: delta\ndata: {\"text\":\"0@17;1@18;\"}\nid: a1.4\n\ndata: {\"type\":\"text-delta\",\"id\":\"0\",\"delta\":\"2@19;\"}\n\n";
        var check = new TokenCheck();

        Feed(check, Body, piece);
        check.End(StreamEnd.Clean, 3);

        Assert.Equal(3, check.Tokens);
        Assert.Null(check.Problem);
    }

    [Theory]
    [InlineData("0@1;2@1;", "token 2 came after 1 tokens")]
    [InlineData("0@1;0@1;", "token 0 came after 1 tokens")]
    [InlineData("0@1;1@", "a reader got 1 tokens of 2, and the response ended Clean")]
    public void End_TokenLostRepeatedOrTorn_IsAProblem(string body, string problem)
    {
        var check = new TokenCheck();

        Feed(check, body, 1000);
        check.End(StreamEnd.Clean, 2);

        Assert.Equal(problem, check.Problem);
    }

    [Fact]
    public void End_AllTokensButResponseCut_IsAProblem()
    {
        var check = new TokenCheck();

        Feed(check, "0@1;", 1000);
        check.End(StreamEnd.Cut, 1);

        Assert.Equal("a response ended Cut after its last token", check.Problem);
    }

    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, 2, 1)]
    public void Feed_StampedTokens_RecordsTheirAgesAndTheFirstOnesWaitWhileWatched(bool watched, int ages, int firsts)
    {
        var times = new TokenTimes { IsRecording = watched };

        Feed(new TokenCheck(times), $"0@{Stopwatch.GetTimestamp()};1@{Stopwatch.GetTimestamp()};", 1000);

        Assert.Equal((ages, firsts), (times.Ages.Count, times.Firsts.Count));
        Assert.InRange(times.Ages.Max, 0, 10_000);
    }

    private static void Feed(TokenCheck check, string body, int piece)
    {
        foreach (var bytes in Encoding.UTF8.GetBytes(body).Chunk(piece)) check.Feed(bytes);
    }
}
