namespace Tokenfall.Tests;

public class OpenPartsTests
{
    private readonly RunLog _log = new(new FakeTimeProvider());
    private readonly RunWriter _writer;

    public OpenPartsTests()
    {
        _log.Append(EventKind.Start, []);
        _writer = new RunWriter(_log, new FakeTimeProvider());
    }

    [Fact]
    public void BeforeAnything_NothingIsOpen() => Assert.Empty(_log.OpenPartsAt(1));

    [Fact]
    public void AtEveryPosition_OpenPartsAreThoseThatABeginnerWouldHaveOpen()
    {
        _writer.Reasoning("hm");
        _writer.Text("a");
        _writer.BeginToolCall("t1", "one");
        _writer.BeginToolCall("t2", "two");
        _writer.ToolInput("t1", "{}");
        _writer.EndToolCall("t1");
        _writer.Text("b");
        _writer.Source(new SourceReference { Url = "https://example.org" });
        _writer.ToolResult("t1", "1"u8);

        Assert.Equal(
            ["", "Reasoning 1", "Text 1", "ToolCall 1", "ToolCall 1, ToolCall 2", "ToolCall 1, ToolCall 2", "ToolCall 2", "ToolCall 2, Text 2", "ToolCall 2, Text 2", "ToolCall 2, Text 2"],
            Enumerable.Range(1, _log.Count).Select(Open));
    }

    [Fact]
    public void OpenToolCall_HasItsStart()
    {
        _writer.BeginToolCall("t1", "search");

        Assert.Equal("""{"id":"t1","name":"search"}""", Encoding.UTF8.GetString(Assert.Single(_log.OpenPartsAt(2)).Start.Span));
    }

    [Fact]
    public void AfterTheTerminalEvent_NothingIsOpen()
    {
        _writer.Text("a");
        _log.Append(EventKind.Done, []);

        Assert.Empty(_log.OpenPartsAt(3));
    }

    private string Open(int after) => string.Join(", ", _log.OpenPartsAt(after).Select(part => $"{part.Kind} {part.Number}"));
}
