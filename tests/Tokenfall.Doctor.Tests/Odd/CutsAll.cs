namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>Cuts every stream at an age, whatever flows.</summary>
internal sealed class CutsAll(TimeSpan age) : Habit
{
    public override async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(age);
        await base.CopyAsync(from, to, end.Token);
    }
}
