using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tokenfall.Cli.Terminal;
using Tokenfall.Load;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Bench;

/// <summary>The options of <c>tokenfall bench</c>, as a plan.</summary>
internal sealed class BenchOptions
{
    private readonly Argument<string> _url = new("url") { Description = "Where answers are asked for, such as http://localhost:8000/ask/stream" };
    private readonly Option<int> _streams = new("--streams", "-n") { Description = "Streams open at a time; without --duration, how many in all", DefaultValueFactory = _ => 10 };
    private readonly Option<TimeSpan?> _duration = Durations.Option("--duration", "Follow each stream that ends by another one for so long, such as 30s");
    private readonly Option<TimeSpan?> _ramp = Durations.Option("--ramp", "Open the first streams over this time, not at once");
    private readonly Option<double?> _pace = new("--pace") { Description = "New streams a second at most" };
    private readonly Option<TimeSpan?> _finish = Durations.Option("--finish", "After --duration, how long open streams may go on to their end (60s)");
    private readonly Option<TimeSpan?> _silence = Durations.Option("--silence", "Give up a stream that brings nothing for so long, not even a heartbeat (60s)");
    private readonly Option<double> _disconnects = Share("--disconnects", "Share of streams that leave in mid-answer, from 0 to 1");
    private readonly Option<double> _resumes = Share("--resumes", "Share of streams that cut their connection three times and continue by Last-Event-ID");
    private readonly Option<double> _slow = Share("--slow", "Share of streams that read slowly");
    private readonly Option<int> _slowRate = new("--slow-rate") { Description = "Bytes a second that a slow stream reads", DefaultValueFactory = _ => 200 };
    private readonly Option<string> _prompt = new("--prompt") { Description = "What to ask", DefaultValueFactory = _ => "Tell me about waterfalls." };
    private readonly Option<string?> _body = new("--body") { Description = "The whole JSON body instead; @FILE reads it from a file" };
    private readonly Option<string?> _expect = new("--expect") { Description = "What the model says: a file, or lorem:400 for that of tokenfall mock --tokens 400" };
    private readonly Option<int?> _tokens = new("--tokens") { Description = "Tokens in each answer, for text with time stamps (tokenfall mock --stamps)" };
    private readonly Option<bool> _same = new("--same-text") { Description = "All answers must have the same text" };
    private readonly Option<bool> _countOnly = new("--count-only") { Description = "Any server of server-sent events: count its events, and check time stamps if there are some" };
    private readonly Option<int> _seed = new("--seed") { Description = "Decides which streams leave, resume and dawdle", DefaultValueFactory = _ => 1 };

    /// <summary>Where to write the report page; null for none.</summary>
    public Option<string?> Report { get; } = ReportFile.Option("Write a page with charts, such as bench.html");

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

    /// <summary>The load that they describe.</summary>
    /// <exception cref="CommandException">They make no sense, or a file cannot be read.</exception>
    public LoadPlan Read(ParseResult args)
    {
        var access = AccessOptions.Read(args);
        return new()
        {
            Url = Urls.Parse(args.GetValue(_url)!),
            Streams = AtLeastOne(args, _streams),
            Duration = args.GetValue(_duration),
            Ramp = args.GetValue(_ramp) ?? TimeSpan.Zero,
            Pace = args.GetValue(_pace) is not (< 0.001 or > 1_000_000 or double.NaN) and var pace ? pace : throw CommandException.Usage("--pace takes 0.001 to 1000000 streams a second."),
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
