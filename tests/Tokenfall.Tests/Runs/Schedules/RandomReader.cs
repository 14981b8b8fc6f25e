namespace Tokenfall.Tests;

/// <summary>A client that comes, reads a little, is cut off and resumes at the last frame it kept, or begins again.</summary>
internal sealed class RandomReader(Run run, Choices choices)
{
    private readonly StringBuilder _text = new();
    private readonly List<int> _ends = [];
    private int _position;
    private int _forgotten;

    /// <summary>Reads to the terminal event.</summary>
    /// <returns>All text read.</returns>
    public async Task<string> ReadAsync()
    {
        while (_ends.Count == 0)
        {
            // Some clients forget where they were and read everything anew: not for ever, or they would never reach the end.
            if (_forgotten < 5 && choices.Next(12) == 0) (_forgotten, _position, _) = (_forgotten + 1, 0, _text.Clear());
            using var reader = run.Read(_position);
            await ConnectedAsync(reader);
            if (choices.Next(2) == 0) await Task.Yield();
        }
        // Nothing follows the terminal event.
        using var late = run.Read(_position);
        Assert.False(late.TryRead(out _));
        return _text.ToString();
    }

    private async Task ConnectedAsync(RunReader reader)
    {
        for (var waits = choices.Next(1, 12); waits > 0 && _ends.Count == 0; waits--)
        {
            if (reader.TryRead(out var frame)) Take(frame);
            else
            {
                // A connection that breaks while its reader waits, and a heartbeat.
                var cut = choices.Next(4);
                var other = cut switch
                {
                    0 => Task.Run(reader.Dispose),
                    1 => Task.Run(reader.Wake),
                    _ => Task.CompletedTask,
                };
                await reader.WaitAsync();
                await other;
                if (cut == 0) return;
            }
        }
    }

    private void Take(RunFrame frame)
    {
        Assert.True(frame.Number > _position, $"frame {frame.Number} follows {_position}");
        _position = frame.Number;
        if (frame.Kind == EventKind.Text) _text.Append(JsonSerializer.Deserialize<string>($"\"{frame.Text()}\""));
        if (frame.Kind.IsTerminal()) _ends.Add(frame.Number);
    }
}
