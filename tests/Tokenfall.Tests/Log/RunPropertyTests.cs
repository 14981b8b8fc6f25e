namespace Tokenfall.Tests;

public class RunPropertyTests
{
    [Fact]
    public void Readers_UnderRandomSchedules_AllReadTheModelsText() =>
        Gen.Select(RandomText.Of(60), Gen.Int[1, 4], Choices.Any).Sample(Check, iter: 3000);

    private static void Check(string text, int count, Choices choices)
    {
        var run = TestRuns.Bare();
        var writer = new RunWriter(run.Log, new FakeTimeProvider());
        var readers = Enumerable.Range(0, count).Select(_ => new Visitor(run)).ToArray();
        run.Log.Append(EventKind.Start, "{}");
        for (var at = 0; at < text.Length;)
        {
            var end = RandomText.Cut(text, at, choices.Next(1, 12));
            writer.Text(text.AsSpan(at, end - at));
            if (choices.Next(10) == 0) writer.Reasoning("hm");
            at = end;
            foreach (var reader in readers) reader.Act(choices);
        }
        run.Log.Append(EventKind.Done, "{}");

        foreach (var reader in readers) Assert.Equal(text, reader.ReadToEnd());
        Assert.Equal(text.Length, writer.Chars);
    }

    /// <summary>A client that comes, reads a little, goes away and resumes at the last frame it kept.</summary>
    private sealed class Visitor(Run run)
    {
        private readonly StringBuilder _text = new();
        private RunReader? _reader;
        private int _position;

        public void Act(Choices choices)
        {
            switch (choices.Next(4))
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
