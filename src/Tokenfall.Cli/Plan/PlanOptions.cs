using System.CommandLine;
using Tokenfall.Cli.Terminal;

namespace Tokenfall.Cli.Plan;

/// <summary>The options of <c>tokenfall plan</c>.</summary>
internal sealed class PlanOptions
{
    // A greater value is a typing error.
    private const double Max = 1_000_000_000;

    private static readonly PlanInput Defaults = new() { RequestsPerMinute = 1 };

    private readonly Option<double> _requests = new("--requests", "-r") { Description = "Requests per minute at the busiest time", Required = true };
    private readonly Option<double> _tokens = Positive("--tokens", "Tokens of the median answer", Defaults.Answer.P50);
    private readonly Option<double?> _tokens95 = new("--tokens-p95") { Description = "Tokens of an answer at the 95th percentile (3 times --tokens)" };
    private readonly Option<double> _rate = Positive("--rate", "Tokens per second of one answer", Defaults.TokensPerSecond);
    private readonly Option<TimeSpan?> _firstToken = Durations.Option("--first-token", "Time to the first token (1s)");
    private readonly Option<double> _input = Positive("--input-tokens", "Input tokens of a request, the conversation included", Defaults.InputTokens);
    private readonly Option<double> _inputPrice = new("--input-price") { Description = "Price of a million input tokens", DefaultValueFactory = _ => Defaults.InputPrice };
    private readonly Option<double> _outputPrice = new("--output-price") { Description = "Price of a million output tokens", DefaultValueFactory = _ => Defaults.OutputPrice };
    private readonly Option<string> _currency = new("--currency") { Description = "Currency of the prices", DefaultValueFactory = _ => Defaults.Currency };
    private readonly Option<double> _hours = Positive("--busy-hours", "Hours a day at that rate", Defaults.BusyHours);
    private readonly Option<double> _percentile = new("--percentile") { Description = "Percentage of time for which there must be capacity", DefaultValueFactory = _ => Defaults.Percentile };
    private readonly Option<int?> _cores = new("--cores") { Description = "Cores of a machine (those of this machine)" };
    private readonly Option<double?> _memory = new("--memory") { Description = "Memory of a machine in GiB (that of this machine)" };
    private readonly Option<bool> _measure = new("--measure") { Description = "Measure processor time and memory of a stream on this machine, in about 15 seconds" };

    public void AddTo(Command command)
    {
        Option[] all = [_requests, _tokens, _tokens95, _rate, _firstToken, _input, _inputPrice, _outputPrice, _currency, _hours, _percentile, _cores, _memory, _measure];
        foreach (var option in all) command.Add(option);
    }

    /// <summary>Whether to calibrate on this machine.</summary>
    public bool Measure(ParseResult args) => args.GetValue(_measure);

    /// <exception cref="CommandException">An option has an invalid value.</exception>
    public PlanInput Read(ParseResult args)
    {
        var (p50, p95) = (args.GetValue(_tokens), args.GetValue(_tokens95) ?? 3 * args.GetValue(_tokens));
        Require(p95 >= p50, "--tokens-p95 must not be less than --tokens.");
        Require(p95 <= 100 * p50, "--tokens-p95 takes at most 100 times --tokens.");
        Require(args.GetValue(_requests) is > 0 and <= 10_000_000, "--requests takes more than 0, up to 10000000.");
        Require(args.GetValue(_percentile) is >= 50 and <= 99.9999, "--percentile takes 50 to 99.9999.");
        Require(args.GetValue(_hours) <= 24, "--busy-hours takes at most 24.");
        Require(args.GetValue(_inputPrice) is >= 0 and <= Max && args.GetValue(_outputPrice) is >= 0 and <= Max, "A price takes 0 to 1000000000.");
        Require(args.GetValue(_cores) is null or >= 1 and <= 10_000, "--cores takes 1 to 10000.");
        Require(args.GetValue(_memory) is null or >= 0.1 and <= 1_000_000, "--memory takes 0.1 to 1000000 GiB.");
        var input = new PlanInput
        {
            RequestsPerMinute = args.GetValue(_requests),
            Answer = new(p50, p95),
            TokensPerSecond = args.GetValue(_rate),
            FirstToken = args.GetValue(_firstToken) ?? Defaults.FirstToken,
            InputTokens = args.GetValue(_input),
            InputPrice = args.GetValue(_inputPrice),
            OutputPrice = args.GetValue(_outputPrice),
            Currency = args.GetValue(_currency)!,
            BusyHours = args.GetValue(_hours),
            Percentile = args.GetValue(_percentile),
            Cores = args.GetValue(_cores) ?? Defaults.Cores,
            Memory = args.GetValue(_memory) ?? Defaults.Memory,
        };
        Require(input.MeanStreams <= 100_000_000, "That makes more than 100 million open streams. Check --requests, --tokens, --rate and --first-token.");
        return input;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw CommandException.Usage(message);
    }

    private static Option<double> Positive(string name, string description, double value)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= Max)) result.AddError($"{name} takes more than 0, up to {Max:0}.");
        });
        return option;
    }
}
