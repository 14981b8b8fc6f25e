using System.Diagnostics.Metrics;
using System.Globalization;

/// <summary>
/// Runs inside the server that is soaked (<c>DOTNET_STARTUP_HOOKS</c>), and writes what only the process itself knows into a file twice a second: live runs and
/// leases, from the metrics of Tokenfall, and the size of the heap. Only the runtime's own libraries may be used here.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable with the file's name. The commands of the server write nothing.</summary>
    public const string FileVariable = "SOAK_FIGURES";

    private static readonly Lock Turn = new();
    private static long _runs, _leases;

    /// <summary>Called by the runtime before <c>Main</c>.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file) return;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Tokenfall") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>(Measured);
        listener.Start();
        // The timer's own thread keeps it alive.
        new Thread(() => Write(listener, file)) { IsBackground = true, Name = "Soak figures" }.Start();
    }

    private static void Measured(Instrument instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name == "tokenfall.runs.active") _runs = value;
        if (instrument.Name == "tokenfall.leases.active") _leases = value;
    }

    private static void Write(MeterListener listener, string file)
    {
        using var wait = new ManualResetEventSlim();
        while (true)
        {
            lock (Turn) listener.RecordObservableInstruments();
            var line = string.Create(CultureInfo.InvariantCulture, $"{_runs} {_leases} {GC.GetTotalMemory(forceFullCollection: false)} {GC.CollectionCount(2)}");
            try
            {
                // Whole or not at all, for who reads it meanwhile.
                File.WriteAllText(file + ".new", line);
                File.Move(file + ".new", file, overwrite: true);
            }
            catch (IOException)
            {
                // No file is left to open: the server is to survive that, so this must not end it.
            }
            wait.Wait(TimeSpan.FromMilliseconds(500));
        }
    }
}
