using System.Text;

namespace Tokenfall.Records;

/// <summary>Conversations of ten turns each, of a few hundred people, with answers of 200 tokens; every word is in many of them, a name in one.</summary>
internal static class StoreFiller
{
    public const int Owners = 200;
    public const int Tokens = 200;

    private const int Turns = 10;
    private const int Batch = 200;

    private static readonly string[] Words = "water falls down the cliff into a cold and very deep green pool where fish swim".Split(' ');

    /// <returns>The first owner's conversations.</returns>
    public static async Task<IReadOnlyList<string>> FillAsync(IRunJournal journal, int runs)
    {
        var first = new List<string>();
        var batch = new List<RunSegment>();
        var time = DateTimeOffset.UnixEpoch.AddDays(20_000);
        for (var number = 0; number < runs / Turns; number++)
        {
            var conversation = RunId.New().ToString();
            var owner = $"owner-{number % Owners}";
            if (number % Owners == 0) first.Add(conversation);
            string? parent = null;
            for (var turn = 0; turn < Turns; turn++)
            {
                time += TimeSpan.FromSeconds(1);
                var record = new RunRecord(RunId.New(), owner, "/ask/stream", "request", time)
                {
                    Turn = new ConversationTurn(conversation, RunId.New().ToString()) { Text = $"Question {turn} about name{number}", Parent = parent },
                };
                await journal.CreateAsync(record, CancellationToken.None);
                batch.Add(Answer(record.Id, number + turn));
                parent = record.Id.ToString();
                if (batch.Count < Batch) continue;
                await journal.AppendAsync(batch, CancellationToken.None);
                batch.Clear();
            }
            if (number % 1_000 == 0) Console.Error.WriteLine($"  {number * Turns} runs");
        }
        await journal.AppendAsync(batch, CancellationToken.None);
        return first;
    }

    private static RunSegment Answer(RunId run, int seed)
    {
        var bytes = new List<byte>();
        var events = new List<RunSegmentEvent>();
        for (var token = 0; token < Tokens; token++)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(Words[(seed + token * 7) % Words.Length] + " "));
            events.Add(new RunSegmentEvent(EventKind.Text, 0, bytes.Count));
        }
        events.Add(new RunSegmentEvent(EventKind.Done, 0, bytes.Count));
        var text = Encoding.UTF8.GetString([.. bytes]);
        var end = new RunEnd { Status = RunStatus.Done, StopReason = "end_turn", Model = "fake", Chars = text.Length };
        return new RunSegment(run, 2, events, bytes.ToArray()) { End = end, Answer = new ConversationAnswer($$"""[{"type":"text","text":"{{text}}"}]""", text, end) };
    }
}
