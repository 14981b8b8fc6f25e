namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>How a response ended.</summary>
internal enum Ending
{
    /// <summary>The last frame arrived.</summary>
    Complete,

    /// <summary>It ended before the last frame.</summary>
    Cut,

    /// <summary>The doctor disconnected, or gave up waiting.</summary>
    Left,

    /// <summary>There was no response at all.</summary>
    Failed,
}

/// <summary>A frame: when the server sent it, by its clock, and when it arrived, by ours. Both start at 0.</summary>
internal sealed record Arrival(int Number, double SentMs, double ArrivedMs);

/// <summary>Everything that was observed of one probe. Times are milliseconds since the request's first byte was written.</summary>
internal sealed record Recording(ProbeVariant Variant, ProbeRequest Request)
{
    public int? Status { get; set; }

    /// <summary>The response headers; on HTTP/1.1 spelled as the hop does.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public double HeadersMs { get; set; }

    /// <summary>The request as the application received it.</summary>
    public ReceivedRequest? Hello { get; set; }

    /// <summary>The hello, ticks and end frames.</summary>
    public List<Arrival> Frames { get; } = [];

    public List<double> CommentsMs { get; } = [];

    public Ending Ending { get; set; } = Ending.Failed;

    public double EndedMs { get; set; }

    /// <summary>Why the response broke off, or did not arrive.</summary>
    public string? Failure { get; set; }

    /// <summary>Whether no connection could be made.</summary>
    public bool Unreachable { get; set; }

    /// <summary>Whether the hop does not speak the protocol of this variant, which is no fault.</summary>
    public bool NotOffered { get; set; }

    /// <summary>The beginning of a body that is not an event stream.</summary>
    public string OtherBody { get; set; } = "";

    public bool IsStream => Status == 200 && Hello is not null;

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public string Coding => Header("Content-Encoding") ?? "identity";
}
