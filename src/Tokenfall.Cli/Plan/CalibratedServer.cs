using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Plan;

/// <summary>
/// Tokenfall with its defaults, in a process of its own, so that its processor time and memory are its own. The runtime settings of this
/// project are those of the ready-made server.
/// </summary>
internal sealed class CalibratedServer : IAsyncDisposable
{
    /// <summary>The hidden command that runs the server.</summary>
    public const string Command = "serve-for-plan";

    private const string Ready = "listening on ";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly string[] InheritedSettings = ["ASPNETCORE_", "ANTHROPIC_", "TOKENFALL", "DOTNET_SYSTEM_NET", "DOTNET_gc"];

    private readonly Process _process;

    private CalibratedServer(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Processor time so far, user and kernel.</summary>
    public TimeSpan Cpu => Refreshed().TotalProcessorTime;

    /// <summary>Resident memory, in bytes.</summary>
    public long Memory => Refreshed().WorkingSet64;

    /// <exception cref="CommandException">It did not start.</exception>
    public static async Task<CalibratedServer> StartAsync(Uri model, CancellationToken cancellationToken)
    {
        var process = Process.Start(StartInfo(model))!;
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(StartTimeout, TimeProvider.System, cancellationToken);
        if (line?.StartsWith(Ready, StringComparison.Ordinal) == true) return new(process, new(line[Ready.Length..]));
        await EndAsync(process);
        throw new CommandException(ExitCode.Failed, "calibration", "The server to measure did not start. Without --measure published figures are used.");
    }

    /// <summary>Runs the server in this process until standard input ends, so that it ends with its parent.</summary>
    public static async Task<int> ServeAsync(string model)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddTokenfall(options => options.Limits.MaxRuns = 100_000).AddAnthropic(anthropic =>
        {
            anthropic.BaseUrl = model;
            anthropic.ApiKey = "plan";
        });
        await using var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        await app.StartAsync();
        Console.WriteLine(Ready + app.Urls.First());
        await Console.In.ReadToEndAsync();
        return ExitCode.Fine;
    }

    public async ValueTask DisposeAsync() => await EndAsync(_process);

    private static ProcessStartInfo StartInfo(Uri model)
    {
        // Works as a tool and under dotnet run: the assembly, on the runtime that runs this process.
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var info = new ProcessStartInfo(host, [typeof(CalibratedServer).Assembly.Location, Command, model.ToString()]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var name in info.Environment.Keys.Where(name => InheritedSettings.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
            info.Environment.Remove(name);
        return info;
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private Process Refreshed()
    {
        _process.Refresh();
        return _process;
    }
}
