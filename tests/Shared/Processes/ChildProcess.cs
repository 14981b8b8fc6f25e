using System.Diagnostics;
using System.Text;

namespace Tokenfall.Tests.Processes;

/// <summary>A program in a process of its own, until disposed: the one way in which the tests start a server.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly string _program;
    private readonly StringBuilder _output = new();
    private readonly List<(Func<string, bool> Matches, TaskCompletionSource<string> Line)> _awaited = [];

    private ChildProcess(ProcessStartInfo info, string? input)
    {
        _program = info.FileName;
        _process = new Process { StartInfo = WithDefaultSignals(info) };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (input is not null)
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        Exited = ExitAsync();
    }

    public int Id => _process.Id;

    /// <summary>Its exit code, once it has ended and all its output is in <see cref="Output"/>.</summary>
    public Task<int> Exited { get; }

    /// <summary>What it wrote so far, to both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="info">How; both of its output streams are redirected.</param>
    /// <param name="input">All of its input; the tests' own by default.</param>
    public static ChildProcess Start(ProcessStartInfo info, string? input = null)
    {
        (info.RedirectStandardOutput, info.RedirectStandardError, info.RedirectStandardInput) = (true, true, input is not null);
        return new ChildProcess(info, input);
    }

    /// <summary>Completes with the first line that it wrote, or writes, of this kind.</summary>
    /// <exception cref="InvalidOperationException">It ended first; the message holds what it wrote.</exception>
    /// <exception cref="TimeoutException">It has not come in time.</exception>
    public async Task<string> LineAsync(Func<string, bool> matches, TimeSpan timeout)
    {
        var awaited = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            var written = _output.ToString().Split(Environment.NewLine);
            if (Array.Find(written[..^1], line => matches(line)) is { } line) return line;
            _awaited.Add((matches, awaited));
        }

        try
        {
            var first = await Task.WhenAny(awaited.Task, Exited).WaitAsync(timeout);
            if (first == Exited && !awaited.Task.IsCompleted)
                throw new InvalidOperationException($"{_program} ended with {await Exited}. It said:\n{Output}");
            return await awaited.Task;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{_program} did not say it within {timeout}. It said:\n{Output}");
        }
    }

    /// <summary>Sends a signal: <c>TERM</c>, <c>INT</c>, <c>KILL</c>.</summary>
    public async Task SignalAsync(string name)
    {
        // The shell's own kill: there is no other way to a signal that works without further packages.
        using var signal = Process.Start("/bin/sh", ["-c", $"kill -{name} {_process.Id}"]);
        await signal.WaitForExitAsync();
    }

    /// <summary>Ends the process as a service manager would.</summary>
    /// <exception cref="TimeoutException">It did not end by itself; it was killed.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_process.HasExited) return;
            await SignalAsync("TERM");
            await Exited.WaitAsync(StopTime);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Exited;
            throw new TimeoutException($"{_program} did not stop within {StopTime} and was killed. It said:\n{Output}");
        }
        finally
        {
            _process.Dispose();
        }
    }

    // A signal that the parent ignores, as a shell does with SIGINT for what runs in its background, stays ignored in the child,
    // where .NET then leaves it so. A server under test must hear the signals that it is sent.
    private static ProcessStartInfo WithDefaultSignals(ProcessStartInfo info)
    {
        if (!OperatingSystem.IsLinux()) return info;
        info.ArgumentList.Insert(0, info.FileName);
        info.ArgumentList.Insert(0, "--default-signal");
        info.FileName = "env";
        return info;
    }

    private async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_output)
        {
            _output.AppendLine(line);
            _awaited.RemoveAll(wait => wait.Matches(line) && wait.Line.TrySetResult(line));
        }
    }
}
