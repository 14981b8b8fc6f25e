using System.Diagnostics.Metrics;

namespace Tokenfall;

/// <summary>Counts the HTTP requests that an attempt sends, whichever client sends them: many clients try again by themselves.</summary>
/// <remarks>
/// It listens to .NET's own metric of outgoing requests, which is recorded where the request was made, in the same asynchronous flow. A client that
/// does not send through <see cref="SocketsHttpHandler"/> is not seen.
/// </remarks>
internal sealed class UpstreamRequests
{
    private static readonly AsyncLocal<UpstreamRequests?> Current = new();
    private static readonly MeterListener Listener = Listen();

    private readonly Lock _lock = new();
    private string? _server;
    private bool _answered;

    /// <summary>How often the last request was sent: requests to one server that failed one after another, and what followed them.</summary>
    public int Count { get; private set; }

    /// <summary>Counts what is sent from here on in this asynchronous flow.</summary>
    public static UpstreamRequests Begin()
    {
        _ = Listener;
        return Current.Value = new UpstreamRequests();
    }

    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Name: "http.client.request.duration", Meter.Name: "System.Net.Http" }) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, tags, _) => Current.Value?.Add(tags));
        listener.Start();
        return listener;
    }

    private void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? host = null;
        object? port = null;
        var failed = false;
        foreach (var (name, value) in tags)
        {
            if (name == "server.address") host = value as string;
            else if (name == "server.port") port = value;
            // Present for statuses from 400 on, and for requests without an answer.
            else if (name == "error.type") failed = true;
        }
        Add($"{host}:{port}", failed);
    }

    private void Add(string server, bool failed)
    {
        lock (_lock)
        {
            // After an answer, or at another server, it is another request: a tool's, or the next question to the model.
            if (_answered || server != _server) Count = 0;
            Count++;
            (_server, _answered) = (server, !failed);
        }
    }
}
