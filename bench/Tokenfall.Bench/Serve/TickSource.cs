using System.Diagnostics;
using System.Globalization;

namespace Tokenfall.Bench.Serve;

/// <summary>A model whose tokens carry the time they were produced: <c>number@timestamp;</c>. The prompt gives their number and rate.</summary>
internal sealed class TickSource : IModelSource
{
    private static readonly TaskCompletionSource Begin = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string? Model => "ticks";

    /// <summary>Lets all runs begin, so that readers that connect before see every token live.</summary>
    public static void Go() => Begin.TrySetResult();

    /// <summary>The prompt for a number of tokens at a rate.</summary>
    public static string Prompt(int tokens, int perSecond) => string.Create(CultureInfo.InvariantCulture, $"{tokens} {perSecond}");

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        var asked = request.Messages[^1].Text.Split(' ');
        var (tokens, perSecond) = (int.Parse(asked[0], CultureInfo.InvariantCulture), int.Parse(asked[1], CultureInfo.InvariantCulture));
        await Begin.Task.WaitAsync(cancellationToken);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond), TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < tokens && await pace.WaitForNextTickAsync(cancellationToken);)
        {
            // A model does not wait for a busy server: what became due meanwhile is sent at once.
            var due = Math.Min(tokens, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond));
            for (; sent < due; sent++) Send(writer, sent);
        }
        writer.Complete("end_turn");
    }

    // The timestamp is the machine's monotonic clock, which all processes share.
    private static void Send(RunWriter writer, int token) => writer.Text(string.Create(CultureInfo.InvariantCulture, $"{token}@{Stopwatch.GetTimestamp()};"));
}
