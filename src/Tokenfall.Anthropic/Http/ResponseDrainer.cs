namespace Tokenfall;

/// <summary>Reads the rest of a response whose answer is complete, so that its connection can be used again.</summary>
internal static class ResponseDrainer
{
    // Enough for a server to end its body, too little to matter when it lingers.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private const int MostReads = 8;

    /// <summary>
    /// Reads what little may follow the last event and disposes the response. HTTP/1.1 keeps a connection only when its body was read
    /// to the end, and a kept connection saves the next run a handshake. Nobody waits for this; it never throws.
    /// </summary>
    public static async Task ReadAsync(HttpResponseMessage response, TimeProvider time)
    {
        using var end = response;
        using var timeout = new CancellationTokenSource(Timeout, time);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(timeout.Token).ConfigureAwait(false);
            var scrap = new byte[1024];
            for (var i = 0; i < MostReads && await body.ReadAsync(scrap, timeout.Token).ConfigureAwait(false) > 0; i++) { }
        }
        catch (Exception)
        {
            // Whatever a body throws, the answer was complete before: all that is lost is a connection.
        }
    }
}
