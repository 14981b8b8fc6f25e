using Spectre.Console;
using Tokenfall.Cli.Doctor.Probing;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Doctor.Reports;

/// <summary>Prints the result of each probe as soon as it is known.</summary>
internal sealed class DoctorProgress
{
    private readonly Lock _lock = new();
    private readonly Screen _screen;
    private readonly bool _manyHops;

    public DoctorProgress(Screen screen, DoctorOptions options)
    {
        _screen = screen;
        _manyHops = options.Path.Count > 1;
        screen.Progress.WriteLine($"Reading probes through {string.Join(", then ", options.Path)}; about {options.Watch.TotalSeconds + 4:0} s");
    }

    /// <summary>Prints a result. May be called from any thread.</summary>
    public void Report(ProbeProgress progress)
    {
        lock (_lock) _screen.Progress.MarkupLineInterpolated($"[grey]  {(_manyHops ? $"{progress.Hop}  " : "")}{progress.Probe}: {progress.Result}[/]");
    }
}
