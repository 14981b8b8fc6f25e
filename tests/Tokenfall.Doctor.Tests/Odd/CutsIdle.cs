namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>Cuts a stream that was silent for a while.</summary>
internal sealed class CutsIdle(TimeSpan silence) : Habit
{
    public override async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buffer = new byte[16 * 1024];
        while (true)
        {
            end.CancelAfter(silence);
            var read = await from.ReadAsync(buffer, end.Token);
            if (read == 0) return;
            await to.WriteAsync(buffer.AsMemory(0, read), end.Token);
            await to.FlushAsync(end.Token);
        }
    }
}
