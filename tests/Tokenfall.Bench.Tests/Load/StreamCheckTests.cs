using System.Text;
using Tokenfall.Bench.Load;
using Tokenfall.Load;

namespace Tokenfall.Bench.Tests.Load;

/// <summary>The checks behind "every byte": each must see what it is there for.</summary>
public class StreamCheckTests
{
    private const string Run = "Zk3vM0q2T5uXw8yB1cD4eA";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Stream_InPieces_IsCheckedWhole(int piece)
    {
        var check = Read(Frame(1, "start", "{}") + Frame(2, "delta", """{"text":"Hé"}""") + ": \n\n" + Frame(4, "delta", """{"text":"l\u006co"}""") + Frame(5, "done", """{"chars":5}"""), piece: piece);
        check.Expect("Héllo");

        Assert.Null(check.Problem);
        Assert.Equal((3, 2, Run), (check.Deltas, check.Frames, check.Run));
    }

    [Fact]
    public void Id_ThatDoesNotRise_IsAProblem() =>
        Assert.Equal("event 2 after 2", Read(Frame(2, "delta", """{"text":"a"}""") + Frame(2, "delta", """{"text":"a"}""")).Problem);

    [Fact]
    public void Event_AfterDone_IsAProblem() =>
        Assert.Equal("event 3 after the terminal one", Read(Frame(2, "done", "{}") + Frame(3, "done", "{}")).Problem);

    [Fact]
    public void Stream_ThatEndsWithoutDone_IsAProblem() =>
        Assert.Contains("without a terminal event", Read(Frame(1, "start", "{}")).Problem);

    [Fact]
    public void Stream_ThatIsCut_IsAProblem() =>
        Assert.Contains("cut", Read(Frame(1, "start", "{}"), StreamEnd.Cut).Problem);

    [Fact]
    public void Text_ThatDiffers_IsAProblem()
    {
        var check = Read(Frame(1, "delta", """{"text":"a"}""") + Frame(2, "done", """{"chars":1}"""));
        check.Expect("b");

        Assert.NotNull(check.Problem);
    }

    [Fact]
    public void Tick_ThatIsMissing_IsAProblem()
    {
        var check = new TickCheck(null);
        Feed(check, Frame(1, "delta", """{"text":"0@5;"}""") + Frame(2, "delta", """{"text":"2@7;"}"""), 4096);

        Assert.Equal("token 2 came after 1 tokens", check.Problem);
    }

    private static AnswerCheck Read(string stream, StreamEnd end = StreamEnd.Clean, int piece = 4096)
    {
        var check = new AnswerCheck();
        Feed(check, stream, piece);
        check.End(end);
        return check;
    }

    private static void Feed(StreamCheck check, string stream, int piece)
    {
        var scanner = new FrameScanner(check);
        foreach (var bytes in Encoding.UTF8.GetBytes(stream).Chunk(piece)) scanner.Feed(bytes);
    }

    private static string Frame(int number, string kind, string data) => $"id: {Run}.{number}\nevent: {kind}\ndata: {data}\n\n";
}
