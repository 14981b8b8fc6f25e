using Microsoft.Extensions.Time.Testing;

namespace Tokenfall.Tests;

/// <summary>Which events count as content for the timeouts: the watchdog's verdict tells.</summary>
public sealed class ProgressTests
{
    [Theory]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"type":"something_new"}""")]
    [InlineData(Wire.Start)]
    public async Task Event_WithoutContent_DoesNotHideAStall(string data) =>
        Assert.Contains("Tokenfall:Upstream:FirstContentTimeout", await LogOfAStallAfterAsync(data), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}""")]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"x"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"x"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{}}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""}}""")]
    [InlineData("""{"type":"content_block_stop","index":0}""")]
    public async Task Event_OfAContentBlock_CountsAsContent(string data) =>
        Assert.Contains("Tokenfall:Upstream:ContentTimeout", await LogOfAStallAfterAsync(data), StringComparison.Ordinal);

    private static async Task<string> LogOfAStallAfterAsync(string data)
    {
        var time = new FakeTimeProvider();
        var body = new ScriptedBody(Wire.Stream(data), BodyEnding.Hang);
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, body));
        using var model = new Model(handler, time);

        var (run, _) = await model.StartAsync();
        await body.Waiting;
        time.Advance(TimeSpan.FromSeconds(61));
        await run.Ended;
        return model.Log.Collector.Text();
    }
}
