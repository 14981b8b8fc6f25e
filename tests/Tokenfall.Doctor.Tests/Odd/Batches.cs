using System.IO.Pipelines;

namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>Passes on what it has only once in a while.</summary>
internal sealed class Batches(TimeSpan period) : Habit
{
    public override async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var held = new Pipe();
        var reading = from.CopyToAsync(held.Writer.AsStream(leaveOpen: true), cancellationToken);
        using var timer = new PeriodicTimer(period, TimeProvider.System);
        do
        {
            await Task.WhenAny(reading, timer.WaitForNextTickAsync(cancellationToken).AsTask());
            cancellationToken.ThrowIfCancellationRequested();
            if (!held.Reader.TryRead(out var batch)) continue;
            foreach (var part in batch.Buffer) await to.WriteAsync(part, cancellationToken);
            await to.FlushAsync(cancellationToken);
            held.Reader.AdvanceTo(batch.Buffer.End);
        }
        while (!reading.IsCompleted);
        await reading;
    }
}
