using Tokenfall.Doctor.Tests.Paths;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>Works on all rows of a table side by side, since each mostly waits. One for all tests of a class.</summary>
public sealed class FaultRun
{
    private const int AtOnce = 10;

    private readonly Lazy<Dictionary<string, Task>> _rows = new(StartAll);

    /// <summary>Completes when the fault has shown, or fails.</summary>
    internal Task Of(string name) => _rows.Value[name];

    private static Dictionary<string, Task> StartAll()
    {
        var slots = new SemaphoreSlim(AtOnce);
        return FaultTable.All.ToDictionary(fault => fault.Name, fault => Task.Run(() => ShowAsync(fault, slots)));
    }

    private static async Task ShowAsync(Fault fault, SemaphoreSlim slots)
    {
        await slots.WaitAsync();
        try
        {
            await using var path = await HopPath.StartAsync(fault.Headers, fault.Hops);
            try
            {
                await fault.Symptom(path, fault.Connection);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{fault.Name}: {e.Message}\n{path.Log}", e);
            }
        }
        finally
        {
            slots.Release();
        }
    }
}
