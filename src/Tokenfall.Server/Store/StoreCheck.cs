using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tokenfall.Server.Store;

/// <summary>Whether the database is there and can be used. Anybody may ask, so it looks at most once a second.</summary>
internal sealed partial class StoreCheck(IDatabase database, TimeProvider time, ILogger<StoreCheck> logger) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private HealthCheckResult _last;
    private long? _lastTime;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lastTime is { } last && time.GetElapsedTime(last) < Interval) return _last;
            var word = await database.FindProblemAsync();
            // Once: whoever asks must not fill the log.
            if (word is not null && word != _last.Description) LogNotReady(word);
            _last = word is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(word);
            _lastTime = time.GetTimestamp();
            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "The server is not ready: {Problem}. Live streams continue.")]
    private partial void LogNotReady(string problem);
}
