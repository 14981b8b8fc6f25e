using System.Diagnostics;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>A client from npm, in Node, that prints a line of JSON for each event. Needs <c>npm ci</c> in tests/witnesses.</summary>
internal sealed class NpmWitness : IDisposable
{
    private readonly Process _node;
    private readonly Task<string> _errors;

    private NpmWitness(Process node)
    {
        _node = node;
        _errors = node.StandardError.ReadToEndAsync();
    }

    public static NpmWitness Start(string package, string script, Uri address)
    {
        var folder = Repository.PathOf("tests/witnesses");
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules", package)),
            $"The npm witness {package} is not installed: run `npm ci` in tests/witnesses, then test again.");
        var start = new ProcessStartInfo("node", [script, address.AbsoluteUri])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NpmWitness(Process.Start(start)!);
    }

    /// <summary>Reads on until the text so far is this.</summary>
    public async Task ReadTextAsync(string text)
    {
        while (Text.Length < text.Length) await NextAsync();
        Assert.Equal(text, Text);
    }

    /// <summary>Reads on until the client is content.</summary>
    public async Task<List<string>> ReadToEndAsync()
    {
        while (await NextAsync()) { }
        return Events;
    }

    /// <summary>All delta text so far.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The names of the events so far.</summary>
    public List<string> Events { get; } = [];

    public void Dispose()
    {
        if (!_node.HasExited) _node.Kill();
        _node.Dispose();
    }

    private async Task<bool> NextAsync()
    {
        var line = await _node.StandardOutput.ReadLineAsync().Soon();
        Assert.True(line is not null, line is null ? $"Node ended: {await _errors}" : "");
        var json = JsonDocument.Parse(line!).RootElement;
        if (json.TryGetProperty("ended", out _)) return false;
        Events.Add(json.GetProperty("event").GetString()!);
        if (Events[^1] == "delta") Text += json.GetProperty("data").GetProperty("text").GetString();
        return true;
    }
}
