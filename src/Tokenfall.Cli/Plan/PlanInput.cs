namespace Tokenfall.Cli.Plan;

/// <summary>What is known about an application.</summary>
internal sealed record PlanInput
{
    /// <summary>Requests per minute at the busiest time.</summary>
    public required double RequestsPerMinute { get; init; }

    public AnswerLength Answer { get; init; } = new(300, 900);

    /// <summary>Tokens per second of one answer.</summary>
    public double TokensPerSecond { get; init; } = 60;

    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Input tokens of a request, the conversation so far included.</summary>
    public double InputTokens { get; init; } = 1000;

    /// <summary>The price of a million input tokens.</summary>
    public double InputPrice { get; init; } = 3;

    /// <summary>The price of a million output tokens.</summary>
    public double OutputPrice { get; init; } = 15;

    /// <summary>How many hours at that rate make up a day's requests.</summary>
    public double BusyHours { get; init; } = 8;

    /// <summary>The currency of the prices, such as USD.</summary>
    public string Currency { get; init; } = "USD";

    public double Percentile { get; init; } = 99.9;

    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory of a machine in GiB.</summary>
    public double Memory { get; init; } = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1);

    public Costs Costs { get; init; } = Costs.Published;

    /// <summary>How long a stream is open on average, in seconds.</summary>
    public double MeanDuration => FirstToken.TotalSeconds + Answer.Mean / TokensPerSecond;

    /// <summary>How many are open on average: Little's law, rate times duration.</summary>
    public double MeanStreams => RequestsPerMinute / 60 * MeanDuration;
}
