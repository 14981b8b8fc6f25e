namespace Tokenfall.Tests;

/// <summary>Stands between a run and its source and keeps what passes.</summary>
internal sealed class Witness(IModelSource source) : IModelSource
{
    public string? Model => source.Model;

    public string Redact(string text) => source.Redact(text);

    public Exception? Failure { get; private set; }

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await source.StreamAsync(request, writer, cancellationToken);
        }
        catch (Exception failure)
        {
            Failure = failure;
            throw;
        }
    }
}
