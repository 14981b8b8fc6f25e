using System.CommandLine;
using Tokenfall.Cli.Terminal;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Mock;

/// <summary>The options of <c>tokenfall mock</c>.</summary>
internal sealed class MockOptions
{
    private readonly Option<int> _port = new("--port") { Description = "TCP port on 127.0.0.1; 0 for any free one", DefaultValueFactory = _ => 9000 };
    private readonly Option<double> _rate = new("--rate") { Description = "Tokens per second; 0 for as fast as the client reads", DefaultValueFactory = _ => 50 };
    private readonly Option<int> _tokens = new("--tokens") { Description = "Tokens in each answer: filler text in several scripts, with everything that needs escaping", DefaultValueFactory = _ => 400 };
    private readonly Option<TimeSpan?> _delay = Durations.Option("--delay", "Time from the response headers to the first token (0)");
    private readonly Option<string?> _text = new("--text") { Description = "The text to answer with instead; @FILE reads it from a file" };
    private readonly Option<bool> _stamps = new("--stamps") { Description = "Answer with timestamped, numbered tokens instead, for tokenfall bench" };
    private readonly Option<bool> _http2 = new("--http2") { Description = "Speak only HTTP/2 without TLS, for clients with prior knowledge" };
    private readonly Option<string?> _fault = new("--fault") { Description = $"How every answer fails: {MockFaults.Names}" };
    private readonly Option<string?> _key = new("--key") { Description = "API key that requests must have; without this option none is needed" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_port, _rate, _tokens, _delay, _text, _stamps, _http2, _fault, _key]) command.Add(option);
    }

    /// <exception cref="CommandException">An option has an invalid value.</exception>
    public ModelServerOptions Server(ParseResult args) => args.GetValue(_port) is >= 0 and <= 65535 and var port
        ? new() { Port = port, Http2 = args.GetValue(_http2), ApiKey = args.GetValue(_key), RecordCalls = false }
        : throw CommandException.Usage("--port takes 0 to 65535.");

    /// <exception cref="CommandException">An option has an invalid value.</exception>
    public ModelScript Script(ParseResult args)
    {
        var (rate, tokens) = (args.GetValue(_rate), args.GetValue(_tokens));
        if (rate is not (>= 0 and < double.PositiveInfinity)) throw CommandException.Usage("--rate must not be less than 0.");
        if (tokens < 0) throw CommandException.Usage("--tokens must not be less than 0.");
        if (args.GetValue(_stamps) && args.GetValue(_text) is not null) throw CommandException.Usage("Use either --stamps or --text, not both: each sets the text.");
        var script = args.GetValue(_stamps) ? ModelScript.Stamped(tokens)
            : args.GetValue(_text) is { } text ? ModelScript.Say(TextArgument.Of(text))
            : ModelScript.Lorem(tokens);
        return script with
        {
            TokensPerSecond = rate == 0 ? null : rate,
            FirstTokenDelay = args.GetValue(_delay) ?? TimeSpan.Zero,
            Fault = args.GetValue(_fault) is { } name ? MockFaults.Find(name) ?? throw CommandException.Usage($"There is no fault {name}. There are {MockFaults.Names}.") : null,
        };
    }
}
