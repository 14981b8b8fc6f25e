using System.Globalization;
using Tokenfall;

namespace Snippets.Recipes.Models;

// snippet: own-source
public sealed class CountdownSource(TimeProvider time) : IModelSource
{
    public string? Model => "countdown";

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        if (!int.TryParse(request.Messages[^1].Text, CultureInfo.InvariantCulture, out var from))
            throw new ModelException(ErrorCode.InvalidRequest, "The question is not a number.", retryable: false);
        for (var number = from; number > 0; number--)
        {
            writer.Text($"{number} ");
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
        writer.Usage(new TokenUsage { OutputTokens = from });
        writer.Complete("end_turn");
    }
}
// end snippet
