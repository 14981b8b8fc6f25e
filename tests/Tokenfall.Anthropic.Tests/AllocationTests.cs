using System.Text;
using Xunit.Abstractions;

namespace Tokenfall.Tests;

public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Deltas = 20_000;
    private const int DeltasPerRead = 16;

    [Fact]
    public async Task Delta_CostsOnlyTheLogsRoom()
    {
        await MeasureAsync(Deltas);

        var perDelta = (await MeasureAsync(2 * Deltas) - await MeasureAsync(Deltas)) / (double)Deltas;

        // 39.3 in a release build, all of it the log's arrays doubling. A string of the event's name alone would add 64.
        output.WriteLine($"{perDelta:F1} bytes a delta");
        Assert.InRange(perDelta, 0, 80);
    }

    private static async Task<long> MeasureAsync(int deltas)
    {
        var delta = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"event: content_block_delta\ndata: {Wire.Text(" tok\\n")}\n\n", DeltasPerRead)));
        var pieces = Enumerable.Repeat((ReadOnlyMemory<byte>)delta, deltas / DeltasPerRead).Append(Wire.Stream(Wire.Ended("end_turn", 1), Wire.Stop));
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(pieces)));
        using var model = new Model(handler);
        var (run, witness) = model.Start();
        await run.Ended;
        Assert.Equal(deltas, run.Log.Count - 2);
        return Assert.NotNull(witness.Allocated);
    }
}
