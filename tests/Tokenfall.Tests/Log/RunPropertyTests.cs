using System.Text;
using System.Text.Json;

namespace Tokenfall.Tests;

public class RunPropertyTests
{
    private const int Schedules = 3000;

    [Fact]
    public void Readers_UnderRandomSchedules_AllReadTheModelsText()
    {
        var first = Environment.TickCount & 0xFFFFFF;
        for (var seed = first; seed < first + Schedules; seed++)
        {
            try
            {
                Check(new Random(seed));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed} fails: {failure.Message}", failure);
            }
        }
    }

    private static void Check(Random random)
    {
        var text = RandomText.Next(random, random.Next(60));
        var run = TestRuns.Bare();
        var writer = new RunWriter(run.Log, new ManualTimeProvider());
        var readers = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new Visitor(run)).ToArray();
        run.Log.Append(EventKind.Start, "{}");
        for (var at = 0; at < text.Length;)
        {
            var end = CutAfter(text, at, random);
            writer.Text(text.AsSpan(at, end - at));
            if (random.Next(10) == 0) writer.Reasoning("hm");
            at = end;
            foreach (var reader in readers) reader.Act(random);
        }
        run.Log.Append(EventKind.Done, "{}");

        foreach (var reader in readers) Assert.Equal(text, reader.ReadToEnd());
        Assert.Equal(text.Length, writer.Chars);
    }

    // Anywhere but inside a surrogate pair.
    private static int CutAfter(string text, int at, Random random)
    {
        var end = Math.Min(text.Length, at + random.Next(1, 12));
        return end < text.Length && char.IsLowSurrogate(text[end]) ? end + 1 : end;
    }

    /// <summary>A client that comes, reads a little, goes away and resumes at the last frame it kept.</summary>
    private sealed class Visitor(Run run)
    {
        private readonly StringBuilder _text = new();
        private RunReader? _reader;
        private int _position;

        public void Act(Random random)
        {
            switch (random.Next(4))
            {
                case 0:
                    _reader?.Dispose();
                    _reader = null;
                    break;
                case 1:
                    Read();
                    break;
            }
        }

        public string ReadToEnd()
        {
            while (Read()) { }
            return _text.ToString();
        }

        private bool Read()
        {
            _reader ??= run.Read(_position);
            if (!_reader.TryRead(out var frame)) return false;
            _position = frame.Number;
            if (frame.Kind == EventKind.Text) _text.Append(JsonSerializer.Deserialize<string>($"\"{frame.Text()}\""));
            return true;
        }
    }
}
