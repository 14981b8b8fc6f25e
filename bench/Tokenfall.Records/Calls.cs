using System.Diagnostics;
using System.Globalization;

namespace Tokenfall.Records;

/// <summary>What a page asks of the store.</summary>
internal static class Calls
{
    private const int Times = 200;

    public static async Task MeasureAsync(IConversationStore store, IReadOnlyList<string> conversations)
    {
        await MeasureAsync("list, first page of 30", _ => store.ListAsync("owner-0", null, null, 30, CancellationToken.None).AsTask());
        await MeasureAsync("open a conversation of 20 messages", i => store.ReadAsync("owner-0", conversations[i % conversations.Count], CancellationToken.None).AsTask());
        await MeasureAsync("search a name that is in one conversation", i => store.ListAsync("owner-0", $"name{i * StoreFiller.Owners}", null, 30, CancellationToken.None).AsTask());
        await MeasureAsync("search a word that is in all answers", _ => store.ListAsync("owner-0", "water", null, 30, CancellationToken.None).AsTask());
        await MeasureAsync("search what nobody has said", _ => store.ListAsync("owner-0", "volcano", null, 30, CancellationToken.None).AsTask());
    }

    private static async Task MeasureAsync(string what, Func<int, Task> call)
    {
        for (var i = 0; i < 5; i++) await call(i);
        var times = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await call(i);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: p50 {times[Times / 2]:F2} ms, p99 {times[Times * 99 / 100]:F2} ms"));
    }
}
