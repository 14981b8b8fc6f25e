using System.Text;
using Tokenfall.Bench.Load;
using Tokenfall.Cli.Load;

namespace Tokenfall.Bench.Tests;

/// <summary>The checks behind "every byte": each must see what it is there for.</summary>
public class FrameScannerTests
{
    private const string Run = "Zk3vM0q2T5uXw8yB1cD4eA";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Body_InPieces_IsReadWhole(int piece)
    {
        var check = Read(Chunk("retry: 1000\n\n" + Frame(1, "start", "{}") + Frame(2, "delta", """{"text":"Hé"}"""))
            + Chunk(": \n\n" + Frame(4, "delta", """{"text":"l\u006co"}""")) + Chunk(Frame(5, "done", """{"chars":5}""")) + "0\r\n\r\n", piece);
        check.Expect("Héllo");

        Assert.Null(check.Problem);
        Assert.Equal((3, 2, Run), (check.Deltas, check.Frames, check.Run));
    }

    [Fact]
    public void Id_ThatDoesNotRise_IsAProblem() =>
        Assert.Equal("event 2 after 2", Read(Chunk(Frame(2, "delta", """{"text":"a"}""") + Frame(2, "delta", """{"text":"a"}"""))).Problem);

    [Fact]
    public void Event_AfterDone_IsAProblem() =>
        Assert.Equal("event 3 after the terminal one", Read(Chunk(Frame(2, "done", "{}") + Frame(3, "done", "{}"))).Problem);

    [Fact]
    public void Body_ThatEndsWithoutDone_IsAProblem() =>
        Assert.Contains("without a terminal event", Read(Chunk(Frame(1, "start", "{}")) + "0\r\n\r\n").Problem);

    [Fact]
    public void Body_ThatIsCut_IsAProblem() =>
        Assert.Contains("cut", Read(Chunk(Frame(1, "start", "{}"))).Problem);

    [Fact]
    public void Text_ThatDiffers_IsAProblem()
    {
        var check = Read(Chunk(Frame(1, "delta", """{"text":"a"}""") + Frame(2, "done", """{"chars":1}""")) + "0\r\n\r\n");
        check.Expect("b");

        Assert.NotNull(check.Problem);
    }

    [Fact]
    public void Tick_ThatIsMissing_IsAProblem()
    {
        var check = new TickCheck(null);
        Feed(check, Chunk(Frame(1, "delta", """{"text":"0@5;"}""") + Frame(2, "delta", """{"text":"2@7;"}""")), 4096);

        Assert.Equal("token 2 came after 1 tokens", check.Problem);
    }

    private static AnswerCheck Read(string wire, int piece = 4096)
    {
        var check = new AnswerCheck();
        var body = Feed(check, wire, piece);
        check.End(body.IsComplete ? StreamEnd.Clean : StreamEnd.Cut);
        return check;
    }

    private static ChunkedBody Feed(StreamCheck check, string wire, int piece)
    {
        var body = new ChunkedBody(new FrameScanner(check));
        foreach (var bytes in Encoding.UTF8.GetBytes(wire).Chunk(piece)) body.Feed(bytes);
        return body;
    }

    private static string Frame(int number, string kind, string data) => $"id: {Run}.{number}\nevent: {kind}\ndata: {data}\n\n";

    private static string Chunk(string body) => $"{Encoding.UTF8.GetByteCount(body):x}\r\n{body}\r\n";
}
