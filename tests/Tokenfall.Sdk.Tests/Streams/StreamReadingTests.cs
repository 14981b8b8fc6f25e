using Tokenfall.Tests;

namespace Tokenfall.Sdk.Tests.Streams;

/// <summary>Whole streams of the Messages API, read as the official SDK reads them, however the network cuts them.</summary>
/// <remarks>The environment variable <c>TOKENFALL_STREAMS</c> names a folder with more of them.</remarks>
public sealed class StreamReadingTests
{
    private static readonly Dictionary<string, string> Files = Folders().SelectMany(folder => Directory.EnumerateFiles(folder, "*.sse")).ToDictionary(file => Path.GetFileName(file));

    public static TheoryData<string> Names => [.. Files.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Stream_Whole_IsReadAsTheSdkReadsIt(string name)
    {
        var stream = await File.ReadAllBytesAsync(Files[name]);

        var ours = await TokenfallReader.ReadAsync(() => [stream]);

        if (DeliberateDifference.Of(stream, ours) is null) Assert.Equal(await SdkReader.ReadAsync(stream), ours);
    }

    public static TheoryData<string, string, string> Differences => new()
    {
        { "message-that-comes-whole.sse", DeliberateDifference.WholeMessage, """toolu_1 find {"place":"Krakau"}, tool_use""" },
        { "call-cut-short.sse", DeliberateDifference.CutCall, """toolu_1 write "{\u0022text\u0022: \u0022Filing ta", max_tokens""" },
        { "two-messages-in-one.sse", DeliberateDifference.TwoMessages, "Hello wor, no stop reason" },
        { "message-without-a-model.sse", DeliberateDifference.NoModel, "Hello, end_turn" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Stream_ThatTheSdkReadsOtherwise_IsReadAsDocumented(string name, string difference, string read)
    {
        var stream = await File.ReadAllBytesAsync(Files[name]);

        var ours = await TokenfallReader.ReadAsync(() => [stream]);

        Assert.Equal(difference, DeliberateDifference.Of(stream, ours));
        Assert.Equal(read, $"{ours.Text}{ours.Calls}, {ours.StopReason ?? "no stop reason"}");
        var theirs = await Record.ExceptionAsync(async () => Assert.Equal(await SdkReader.ReadAsync(stream), ours));
        Assert.NotNull(theirs);
        Assert.Contains($"| {difference} |", await File.ReadAllTextAsync(Repository.PathOf("docs/events.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Stream_InRandomPieces_IsReadAsAWhole(string name)
    {
        var stream = await File.ReadAllBytesAsync(Files[name]);
        var whole = await TokenfallReader.ReadAsync(() => [stream]);

        foreach (var longest in (int[])[1, 7, 100])
            Assert.Equal(whole, await TokenfallReader.ReadAsync(() => Cut(stream, longest, new Random(longest))));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(byte[] stream, int longest, Random random)
    {
        for (int start = 0, length; start < stream.Length; start += length)
        {
            length = Math.Min(random.Next(1, longest + 1), stream.Length - start);
            yield return stream.AsMemory(start, length);
        }
    }

    private static IEnumerable<string> Folders()
    {
        yield return Repository.PathOf("tests/fixtures/messages");
        if (Environment.GetEnvironmentVariable("TOKENFALL_STREAMS") is { Length: > 0 } more) yield return more;
    }
}
