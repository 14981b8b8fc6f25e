namespace Tokenfall.AspNetCore.Tests;

/// <summary>How parts, and what is not text, are spelled in our own protocol.</summary>
public sealed class TokenfallFormatterPartTests
{
    [Fact]
    public async Task FirstPartOfAKind_HasNoNumber_LaterOnesHave()
    {
        var frames = await FramesAsync(writer =>
        {
            writer.Text("a");
            writer.ToolCall("t1", "x", "{}"u8);
            writer.Text("b");
            writer.Reasoning("hm");
            writer.ToolCall("t2", "x", "{}"u8);
            writer.ToolResult("t2", "1"u8);
        });

        Assert.Equal(
            [
                """delta {"text":"a"}""",
                """tool_call {"id":"t1","name":"x","input":{}}""",
                """delta {"text":"b","part":2}""",
                """thinking {"text":"hm"}""",
                """tool_call {"id":"t2","name":"x","input":{},"part":2}""",
                """tool_result {"id":"t2","output":1,"part":2}""",
            ],
            frames);
    }

    [Fact]
    public async Task ToolInput_NamesItsCallInEveryFrame()
    {
        var frames = await FramesAsync(writer =>
        {
            writer.BeginToolCall("t\"1", "find");
            writer.ToolInput("t\"1", "{\"q\":");
            writer.EndPart();
            writer.ToolInput("t\"1", "1}");
            writer.EndToolCall("t\"1");
        });

        Assert.Equal(
            [
                """tool_input {"id":"t\u00221","name":"find","text":""}""",
                """tool_input {"id":"t\u00221","text":"{\"q\":1}"}""",
                """tool_call {"id":"t\u00221","name":"find","input":{"q":1}}""",
            ],
            frames);
    }

    [Fact]
    public async Task Reader_ThatResumesInTheMiddleOfAToolsInput_IsToldWhichCallItIs()
    {
        await using var app = await TestApp.StartAsync();
        using var asked = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        answer.Do(writer =>
        {
            writer.BeginToolCall("t1", "find");
            writer.ToolInput("t1", "{\"q\":");
        });
        await answer.SaidAsync();

        using var response = await app.Client.ReadAsync($"{asked.Headers.Location}?after=3");
        using var stream = await EventStream.OfAsync(response);
        answer.Do(writer => writer.ToolInput("t1", "1}"));

        var frame = await stream.FrameAsync();
        Assert.Equal(("tool_input", "t1", "1}"), (frame!.Event, frame.Json.GetProperty("id").GetString(), frame.Text));
        answer.Finish();
    }

    [Fact]
    public async Task SourcesFilesAndData_AreEventsOfTheirOwn()
    {
        var frames = await FramesAsync(writer =>
        {
            writer.Source(new SourceReference { Url = "https://example.org", Title = "A" });
            writer.Source(new SourceReference { Document = "7" });
            writer.File("image/png", new byte[] { 1 });
            writer.Data("progress", "1"u8);
            writer.Opaque("provider", null, "signature", "\"secret\""u8);
            writer.UnknownContent("provider", null, "hologram", "1"u8);
        });

        Assert.Equal(
            [
                """source {"type":"url","url":"https://example.org","title":"A"}""",
                """source {"type":"document","document":"7","part":2}""",
                """file {"media_type":"image/png","data":"AQ=="}""",
                """data {"name":"progress","value":1}""",
                """data {"name":"unknown_content","value":{"type":"hologram"},"part":2}""",
            ],
            frames);
    }

    [Fact]
    public async Task Done_SaysWhichModelAnsweredAndWhatCameFromTheCache()
    {
        await using var app = await TestApp.StartAsync();
        using var asked = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        answer.Do(writer =>
        {
            writer.AnsweredBy("scripted-2");
            writer.Usage(new TokenUsage { UncachedInputTokens = 2, CacheReadTokens = 3, CacheWriteTokens = 4, OutputTokens = 5, ReasoningTokens = 6 });
            writer.Complete("end_turn");
        });
        answer.BreakOff();

        using var stream = await EventStream.OfAsync(asked);
        Assert.Equal(
            """{"input_tokens":9,"output_tokens":11,"stop_reason":"end_turn","chars":0,"usage":"measured","cached_input_tokens":3,"cache_write_tokens":4,"reasoning_tokens":6,"model":"scripted-2"}""",
            (await stream.ToEndAsync())[^1].Data);
    }

    [Fact]
    public async Task Error_WithRetryAfter_SaysWholeSecondsRoundedUp()
    {
        await using var app = await TestApp.StartAsync();
        using var asked = await app.Client.AskAsync("hi");
        (await app.Source.AskedAsync()).Fail(new ModelException(ErrorCode.RateLimited, "429", retryable: true) { RetryAfter = TimeSpan.FromSeconds(1.2) });

        using var stream = await EventStream.OfAsync(asked);
        Assert.Equal(2, (await stream.ToEndAsync())[^1].Json.GetProperty("retry_after").GetInt32());
    }

    /// <summary>Event and data of all frames between the start and the end.</summary>
    private static async Task<List<string>> FramesAsync(Action<RunWriter> script)
    {
        await using var app = await TestApp.StartAsync();
        using var asked = await app.Client.AskAsync("hi");
        var answer = await app.Source.AskedAsync();
        answer.Do(script);
        answer.Finish();
        // Read from the start once it is there, so that what merges has merged.
        using var whole = await EventStream.OfAsync(asked);
        await whole.ToEndAsync();
        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync(asked.Headers.Location!.ToString()));
        var frames = await stream.ToEndAsync();
        Assert.All(frames, frame => JsonDocument.Parse(frame.Data));
        return [.. frames.Skip(1).SkipLast(1).Select(frame => $"{frame.Event} {frame.Data}")];
    }
}
