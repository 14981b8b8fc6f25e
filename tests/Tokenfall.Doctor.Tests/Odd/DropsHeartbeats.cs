using System.Text;

namespace Tokenfall.Doctor.Tests.Odd;

/// <summary>Passes events on and drops comments, as gateways do that parse events and write them anew.</summary>
internal sealed class DropsHeartbeats : Habit
{
    public override async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(from, Encoding.UTF8);
        var block = new StringBuilder();
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(':')) continue;
            if (line.Length > 0)
            {
                block.Append(line).Append('\n');
                continue;
            }

            if (block.Length == 0) continue;
            await to.WriteAsync(Encoding.UTF8.GetBytes(block.Append('\n').ToString()), cancellationToken);
            await to.FlushAsync(cancellationToken);
            block.Clear();
        }
    }
}
