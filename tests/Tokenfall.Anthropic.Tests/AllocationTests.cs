using System.Text;
using Xunit.Abstractions;

namespace Tokenfall.Tests;

public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Deltas = 20_000;

    [Fact]
    public async Task Delta_CostsNoMoreThanTheParsersEventName()
    {
        await MeasureAsync(Deltas);

        var perDelta = (await MeasureAsync(2 * Deltas) - await MeasureAsync(Deltas)) / (double)Deltas;

        // The framework's parser makes a string of each event's name (64 bytes); the log's own growth is the rest.
        output.WriteLine($"{perDelta:F1} bytes a delta");
        Assert.InRange(perDelta, 0, 100);
    }

    private static async Task<long> MeasureAsync(int deltas)
    {
        var delta = Encoding.UTF8.GetBytes($"event: content_block_delta\ndata: {Wire.Text(" tok\\n")}\n\n");
        var pieces = Enumerable.Repeat((ReadOnlyMemory<byte>)delta, deltas).Append(Wire.Stream(Wire.Ended("end_turn", 1), Wire.Stop));
        using var handler = new ScriptedHandler(() => ScriptedHandler.Response(200, new ScriptedBody(pieces)));
        using var model = new Model(handler);
        var (run, witness) = model.Start();
        await run.Ended;
        Assert.Equal(deltas, run.Log.Count - 2);
        return Assert.NotNull(witness.Allocated);
    }
}
