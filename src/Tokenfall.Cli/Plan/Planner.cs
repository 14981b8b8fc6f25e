using System.Globalization;

namespace Tokenfall.Cli.Plan;

/// <summary>Calculates what an application needs from what is known about it. Measures nothing.</summary>
internal static class Planner
{
    // Bytes of a delta on the wire: the frame's own ("event: delta" ... id), its text, chunk envelope, TLS record, TCP/IP headers.
    private const double FrameBytes = 68, TextBytes = 4.5, EnvelopeBytes = 6 + 22 + 66;

    // Bytes of a token in a log that is kept for later readers: its text and its entry.
    private const double LogBytesPerToken = TextBytes + 8;

    // Above this share of a core, waiting for it begins to show in the latency.
    private const double Utilisation = 0.6;

    // Files that a process has open besides its streams.
    private const int OtherFiles = 300;

    // Of Tokenfall, of systemd (the hard limit), and of nginx.
    private static readonly int DefaultRuns = new LimitOptions().MaxRuns;
    private const int DefaultFiles = 524_288, DefaultConnections = 768;

    private const double DaysPerMonth = 365.25 / 12;
    private const double RetentionSeconds = 600, RetentionMiB = 256;
    private const int ReconnectSeconds = 1, PortsForConnections = 28_232;

    public static CapacityPlan Of(PlanInput input)
    {
        var streams = Streams(input);
        var peak = (int)Value(streams, "streams_peak");
        var machine = Machine(input, peak);
        var groups = new PlanGroup[] { streams, machine, Network(input, peak), ModelApi(input), Cost(input) };
        return new CapacityPlan(input, groups, Settings(input, peak, (int)Value(machine, "machines")));
    }

    private static PlanGroup Streams(PlanInput input)
    {
        var (duration, mean) = (input.MeanDuration, input.MeanStreams);
        var peak = Poisson.Quantile(mean, input.Percentile / 100);
        return new("Streams",
        [
            new("answer_tokens_mean", "Mean answer", Math.Round(input.Answer.Mean), "tokens",
                $"Half of the answers have at most {N(input.Answer.P50)} tokens and 19 of 20 at most {N(input.Answer.P95)}; the long ones pull the mean of such a (lognormal) spread above the median."),
            new("stream_seconds", "Mean stream", Math.Round(duration, 2), "s",
                $"{N(input.FirstToken.TotalSeconds)} s to the first token, then {N(input.Answer.Mean)} tokens at {N(input.TokensPerSecond)} per second."),
            new("streams_mean", "Streams open, mean", Math.Round(mean, 1), "",
                $"Little's law: {N(input.RequestsPerMinute / 60)} requests per second times {N(duration)} s each."),
            new("streams_peak", $"Streams open, {N(input.Percentile)}th percentile", peak, "",
                $"Requests arrive at random: the number of open streams is Poisson distributed around its mean (M/G/∞) and exceeds this only {N(100 - input.Percentile)} % of the time. Everything below is planned for it."),
        ]);
    }

    private static PlanGroup Machine(PlanInput input, int peak)
    {
        var deltas = peak * input.TokensPerSecond;
        var cores = deltas * input.Costs.CpuPerDelta / 1e6;
        var finished = Math.Min(RetentionMiB, input.RequestsPerMinute / 60 * RetentionSeconds * input.Answer.Mean * LogBytesPerToken / (1 << 20));
        var memory = input.Costs.BaseMemory + peak * input.Costs.MemoryPerStream / 1024 + finished;
        var machines = (int)Math.Max(1, Math.Max(Math.Ceiling(cores / (input.Cores * Utilisation)), Math.Ceiling(memory / (input.Memory * 1024 * Utilisation))));
        return new("Machine",
        [
            new("deltas_per_second", "Deltas per second", Math.Round(deltas), "/s", $"{N(peak)} streams at {N(input.TokensPerSecond)} tokens per second, one frame for each token."),
            new("cores", "Cores busy", Math.Round(cores, 2), "cores", $"{N(input.Costs.CpuPerDelta)} µs of processor time per delta: {input.Costs.Source}."),
            new("memory_mib", "Memory", Math.Round(memory), "MiB",
                $"{N(input.Costs.BaseMemory)} MiB for the server, {N(input.Costs.MemoryPerStream)} KiB for each open stream, {N(finished)} MiB for the finished answers of the last ten minutes (at most RetentionBytes)."),
            new("files", "Open files", peak * 2 + OtherFiles, "", "Two for each stream, the connections to the reader and to the model (HTTP/1.1), and some of the process itself."),
            new("machines", "Machines of this size", machines, "",
                $"{input.Cores} cores and {N(input.Memory)} GiB each, of which {N(Utilisation * 100)} % are used: above that, waiting begins to show. Add one machine as a spare."),
        ]);
    }

    private static PlanGroup Network(PlanInput input, int peak)
    {
        var delta = FrameBytes + TextBytes + EnvelopeBytes;
        return new("Network",
        [
            new("bandwidth_mbit", "To readers", Math.Round(peak * input.TokensPerSecond * delta * 8 / 1e6, 1), "Mbit/s",
                $"{N(delta)} bytes per token: {N(FrameBytes)} of frame, about {N(TextBytes)} of text, the rest chunk, TLS, TCP and IP. Each token travels alone, so most of that is overhead."),
            new("connects_per_second", "Reconnects after a deploy", Math.Ceiling((double)peak / ReconnectSeconds), "/s",
                "When a server stops, all its readers reconnect within about a second (the retry time of the stream)."),
        ]);
    }

    private static PlanGroup ModelApi(PlanInput input)
    {
        var requests = Poisson.Quantile(input.RequestsPerMinute, input.Percentile / 100);
        return new("Rate limits to request from the model's provider",
        [
            new("requests_per_minute", "Requests per minute", requests, "/min", $"{N(input.RequestsPerMinute)} on average; minutes with more are rarer than {N(100 - input.Percentile)} %."),
            new("input_tokens_per_minute", "Input tokens per minute", Math.Ceiling(requests * input.InputTokens), "/min", $"{N(input.InputTokens)} per request, the conversation so far included; providers count cached tokens less or not at all."),
            new("output_tokens_per_minute", "Output tokens per minute", Math.Ceiling(requests * input.Answer.Mean), "/min", "The mean answer for each request. Some providers reserve the longest possible answer (Upstream:MaxTokens) at the start and correct it at the end: then request a higher limit, or set MaxTokens lower."),
        ]);
    }

    private static PlanGroup Cost(PlanInput input)
    {
        var requests = input.RequestsPerMinute * 60 * input.BusyHours;
        var each = (input.InputTokens * input.InputPrice + input.Answer.Mean * input.OutputPrice) / 1e6;
        return new("Cost of tokens",
        [
            new("cost_per_request", "Per request", Math.Round(each, 5), input.Currency, $"{N(input.InputTokens)} input tokens at {N(input.InputPrice)} and {N(input.Answer.Mean)} output tokens at {N(input.OutputPrice)} per million."),
            new("cost_per_day", "Per day", Math.Round(requests * each, 2), input.Currency, $"{N(requests)} requests: {N(input.BusyHours)} busy hours (--busy-hours) at {N(input.RequestsPerMinute)} per minute."),
            new("cost_per_month", "Per month", Math.Round(requests * each * DaysPerMonth, 2), input.Currency, $"{N(DaysPerMonth)} of these days."),
        ]);
    }

    private static List<PlanSetting> Settings(PlanInput input, int peak, int machines)
    {
        var here = (int)Math.Ceiling((double)peak / machines);
        // Never below what there is without any setting.
        var runs = Math.Max(DefaultRuns, WithHeadroom(here));
        var files = WithHeadroom(here * 2 + OtherFiles);
        var ports = here > PortsForConnections * Utilisation;
        List<PlanSetting> settings =
        [
            new("Tokenfall", $"Tokenfall__Limits__MaxRuns={runs}", $"{N(here)} streams at the percentile on each of {machines}, plus headroom, and not below the default; requests above it are refused at once, before they cost anything."),
            new("systemd", $"LimitNOFILE={Math.Max(DefaultFiles, files)}", $"Two open files for each stream and those of the process itself, {N(files)} with headroom; systemd's own limit is {N(DefaultFiles)}, which .NET uses in full."),
            new("nginx", $"worker_connections {Math.Max(DefaultConnections, files)};", "One connection to the reader and one to Tokenfall for each stream; with this, one worker could carry all."),
            new("nginx", $"worker_rlimit_nofile {WithHeadroom(Math.Max(DefaultConnections, files) * 2)};", "One open file for each connection, and those of a reload, when old workers run on beside the new ones."),
            new("nginx", $"keepalive {Math.Max(16, WithHeadroom((int)Math.Ceiling(input.RequestsPerMinute / 60 / machines)))};", "In upstream: idle connections to Tokenfall, enough for the new requests of one second."),
            new("sysctl", $"net.core.somaxconn={Math.Max(4096, WithHeadroom(here))}", "After a deployment all readers reconnect within a second: this many may wait to be accepted."),
        ];
        settings.Add(ports
            ? new("sysctl", "net.ipv4.ip_local_port_range=1024 65535", $"nginx needs a port for each stream to one address of Tokenfall, and {N(here)} are close to the default of {N(PortsForConnections)}. Above 60,000, listen on several addresses.")
            : new("sysctl", "net.ipv4.ip_local_port_range=32768 60999", $"The default is enough: nginx needs a port for each stream to Tokenfall, {N(here)} of {N(PortsForConnections)}."));
        return settings;
    }

    // Adds a quarter of headroom and rounds to two digits: a limit that looks like what it is, an estimate.
    private static int WithHeadroom(int number)
    {
        var wanted = Math.Max(1, number * 1.25);
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(wanted)) - 1));
        return (int)(Math.Ceiling(wanted / step) * step);
    }

    private static double Value(PlanGroup group, string name) => group.Figures.Single(figure => figure.Name == name).Value;

    private static string N(double number) => number.ToString(Math.Abs(number) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
