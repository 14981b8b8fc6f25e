namespace Tokenfall.Tests;

/// <summary>Answers one request with a beginning, and then only watches for the client to close.</summary>
internal sealed class ClosingServer : IAsyncDisposable
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RawServer _server;

    public ClosingServer(string beginning) => _server = new RawServer(async connection =>
    {
        if (!await connection.ReadRequestAsync()) return;
        await connection.WriteAsync(beginning);
        await connection.ClosedAsync();
        _closed.SetResult();
    });

    public string Url => _server.Url;

    public Task Closed => _closed.Task;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
