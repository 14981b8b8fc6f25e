namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>How a response went on after its headers.</summary>
internal enum Ending
{
    /// <summary>The last frame came.</summary>
    Complete,

    /// <summary>It ended before the last frame.</summary>
    Cut,

    /// <summary>The doctor itself left, or gave up waiting.</summary>
    Left,

    /// <summary>There was no response at all.</summary>
    Failed,
}

/// <summary>A frame: when the server sent it, on the server's clock, and when it arrived, on ours. Both from 0 at the start.</summary>
internal sealed record Arrival(int Number, double SentMs, double ArrivedMs);

/// <summary>Everything that was seen of one probe. Times are milliseconds since the request's first byte was written.</summary>
internal sealed record Recording(ProbeVariant Variant, ProbeRequest Request)
{
    public int? Status { get; set; }

    /// <summary>As the hop spells the names on HTTP/1.1.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public double HeadersMs { get; set; }

    /// <summary>What the application says that it got.</summary>
    public Echo? Hello { get; set; }

    /// <summary>Hello, ticks and end.</summary>
    public List<Arrival> Frames { get; } = [];

    public List<double> CommentsMs { get; } = [];

    public Ending Ending { get; set; } = Ending.Failed;

    public double EndedMs { get; set; }

    /// <summary>What broke the response, or kept it from coming.</summary>
    public string? Failure { get; set; }

    /// <summary>Whether no connection came about.</summary>
    public bool Unreachable { get; set; }

    /// <summary>Whether the wire of this variant is not spoken there: no fault.</summary>
    public bool NotOffered { get; set; }

    /// <summary>The beginning of what came instead of events.</summary>
    public string OtherBody { get; set; } = "";

    public bool IsStream => Status == 200 && Hello is not null;

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public string Coding => Header("Content-Encoding") ?? "identity";
}
