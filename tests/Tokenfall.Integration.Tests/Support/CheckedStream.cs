using System.Net.Http.Json;
using System.Text;

namespace Tokenfall.Integration.Tests.Support;

/// <summary>One reader that believes nothing: every number, every byte, and the end are checked.</summary>
internal sealed class CheckedStream(ModelScript script) : IDisposable
{
    private readonly StringBuilder _text = new();
    private EventStream _reader = null!;
    private int _number;

    public string Run { get; private set; } = "";

    /// <summary>What has been read.</summary>
    public string Text => _text.ToString();

    /// <summary>The number of the last event that has been read.</summary>
    public int Number => _number;

    /// <summary>Asks, and returns once the first text is here.</summary>
    public async Task OpenAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, App.Path) { Content = JsonContent.Create(new { prompt = "Hi" }) };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        _reader = new EventStream(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        var start = await NextAsync();
        Assert.Equal("start", start.Event);
        Run = start.Json.GetProperty("run").GetString()!;
        while (_text.Length == 0)
            Add(await NextAsync());
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Reads the whole answer.</summary>
    public async Task ReadToEndAsync()
    {
        var last = await ReadToLastAsync();
        Assert.Equal("done", last.Event);
        Assert.Equal(script.Text, Text);
        Assert.Equal(script.Tokens.Count + 2, _number);
    }

    /// <summary>Reads to the terminal event, after which nothing may come but the end.</summary>
    public async Task<Frame> ReadToLastAsync()
    {
        Frame next;
        while (!(next = await NextAsync()).IsTerminal)
            Add(next);
        Assert.Equal(Text.Length, next.Json.GetProperty("chars").GetInt32());
        Assert.StartsWith(Text, script.Text, StringComparison.Ordinal);
        Assert.Null(await _reader.FrameAsync());
        return next;
    }

    private async Task<Frame> NextAsync()
    {
        var next = await _reader.FrameAsync() ?? throw new InvalidDataException($"The stream ended without a last event, after {_number}.");
        Assert.True(next.Number > _number, $"Event {next.Number} after {_number}.");
        _number = next.Number;
        return next;
    }

    private void Add(Frame delta)
    {
        Assert.Equal("delta", delta.Event);
        _text.Append(delta.Text);
    }
}
