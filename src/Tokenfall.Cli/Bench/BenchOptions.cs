using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Bench;

/// <summary>The options of <c>tokenfall bench</c>.</summary>
internal sealed class BenchOptions
{
    private readonly Argument<string> _url = new("url") { Description = "The URL to send requests to, such as http://localhost:8000/ask/stream" };
    private readonly Option<int> _streams = new("--streams", "-n") { Description = "Streams open at a time; without --duration, how many in total", DefaultValueFactory = _ => 10 };
    private readonly Option<TimeSpan?> _duration = Durations.Option("--duration", "Replace each stream that ends by a new one for this long, such as 30s");
    private readonly Option<TimeSpan?> _ramp = Durations.Option("--ramp", "Open the first streams over this time instead of at once");
    private readonly Option<double?> _pace = new("--pace") { Description = "Most new streams per second" };
    private readonly Option<TimeSpan?> _finish = Durations.Option("--finish", "After --duration, how long open streams may run on (60s)");
    private readonly Option<TimeSpan?> _silence = Durations.Option("--silence", "Abort a stream that sends nothing for this long, not even a heartbeat (60s)");
    private readonly Option<double> _disconnects = Share("--disconnects", "Share of streams that disconnect in mid-answer, from 0 to 1");
    private readonly Option<double> _resumes = Share("--resumes", "Share of streams that drop their connection three times and resume by Last-Event-ID");
    private readonly Option<double> _slow = Share("--slow", "Share of streams that read slowly");
    private readonly Option<int> _slowRate = new("--slow-rate") { Description = "Bytes per second that a slow stream reads", DefaultValueFactory = _ => 200 };
    private readonly Option<string> _prompt = new("--prompt") { Description = "The prompt", DefaultValueFactory = _ => "Tell me about waterfalls." };
    private readonly Option<string?> _body = new("--body") { Description = "The whole JSON body instead of a prompt; @FILE reads it from a file" };
    private readonly Option<string?> _expect = new("--expect") { Description = "The expected text: a file, or lorem:400 for that of tokenfall mock --tokens 400" };
    private readonly Option<int?> _tokens = new("--tokens") { Description = "Tokens in each answer, for text with timestamps (tokenfall mock --stamps)" };
    private readonly Option<bool> _same = new("--same-text") { Description = "Require all answers to have the same text" };
    private readonly Option<bool> _countOnly = new("--count-only") { Description = "For any server of server-sent events: count its events, and check timestamps where there are any" };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed for the choice of which streams disconnect, resume and read slowly", DefaultValueFactory = _ => 1 };

    /// <summary>The file for the report; null for none.</summary>
    public Option<string?> Report { get; } = ReportFile.Option("Write an HTML report with charts, such as bench.html");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_url);
        AccessOptions.AddTo(command);
        Option[] own =
        [
            _streams, _duration, _ramp, _pace, _finish, _silence, _disconnects, _resumes, _slow, _slowRate, _prompt, _body,
            _expect, _tokens, _same, _countOnly, _seed, Report,
        ];
        foreach (var option in own) command.Add(option);
    }

    /// <summary>Reads them as a plan for a load.</summary>
    /// <exception cref="CommandException">An option has an invalid value, or a file cannot be read.</exception>
    public LoadPlan Read(ParseResult args)
    {
        var access = AccessOptions.Read(args);
        return new()
        {
            Url = Urls.Parse(args.GetValue(_url)!),
            Streams = AtLeastOne(args, _streams),
            Duration = args.GetValue(_duration),
            Ramp = args.GetValue(_ramp) ?? TimeSpan.Zero,
            Pace = args.GetValue(_pace) is not (< 0.001 or > 1_000_000 or double.NaN) and var pace ? pace : throw CommandException.Usage("--pace takes 0.001 to 1000000 streams per second."),
            FinishTimeout = args.GetValue(_finish) ?? TimeSpan.FromSeconds(60),
            IdleTimeout = args.GetValue(_silence) ?? TimeSpan.FromSeconds(60),
            DisconnectShare = args.GetValue(_disconnects),
            ResumeShare = args.GetValue(_resumes),
            SlowShare = args.GetValue(_slow),
            SlowBytesPerSecond = AtLeastOne(args, _slowRate),
            Body = args.GetValue(_body) is { } body ? TextArgument.Of(body) : JsonSerializer.Serialize(new { prompt = args.GetValue(_prompt) }),
            Headers = [.. access.Headers],
            AcceptAnyCertificate = access.Insecure,
            Expect = args.GetValue(_expect) is { } expect ? Expected(expect) : null,
            Tokens = args.GetValue(_tokens) is not < 0 and var tokens ? tokens : throw CommandException.Usage("--tokens must not be less than 0."),
            SameText = args.GetValue(_same),
            CountOnly = args.GetValue(_countOnly),
            Seed = args.GetValue(_seed),
        };
    }

    private static string Expected(string what)
    {
        if (!what.StartsWith("lorem:", StringComparison.Ordinal)) return TextArgument.OfFile(what);
        return int.TryParse(what.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
            ? ModelScript.Lorem(tokens).Text
            : throw CommandException.Usage($"--expect {what}: write lorem: and a number of tokens.");
    }

    private static int AtLeastOne(ParseResult args, Option<int> option) =>
        args.GetValue(option) is >= 1 and var number ? number : throw CommandException.Usage($"{option.Name} must be at least 1.");

    private static Option<double> Share(string name, string description)
    {
        var option = new Option<double>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1)) result.AddError($"{name} is a share from 0 to 1, such as 0.1.");
        });
        return option;
    }
}
