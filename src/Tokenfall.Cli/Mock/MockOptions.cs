using System.CommandLine;
using Tokenfall.Cli.Terminal;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Mock;

/// <summary>The options of <c>tokenfall mock</c>, as a script.</summary>
internal sealed class MockOptions
{
    private readonly Option<int> _port = new("--port") { Description = "TCP port on 127.0.0.1; 0 for any that is free", DefaultValueFactory = _ => 9000 };
    private readonly Option<double?> _rate = new("--rate") { Description = "Tokens a second (50); 0 for as fast as they are taken" };
    private readonly Option<int> _tokens = new("--tokens") { Description = "Tokens in each answer", DefaultValueFactory = _ => 400 };
    private readonly Option<TimeSpan?> _delay = Durations.Option("--delay", "Time from the response's head to the first token (0)");
    private readonly Option<string?> _text = new("--text") { Description = "What it says; @FILE reads it from a file" };
    private readonly Option<bool> _stamps = new("--stamps") { Description = "Each token says its number and when it was sent" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_port, _rate, _tokens, _delay, _text, _stamps]) command.Add(option);
    }

    public int Port(ParseResult args) => args.GetValue(_port);

    /// <exception cref="CommandException">The options make no sense together.</exception>
    public ModelScript Script(ParseResult args)
    {
        var tokens = args.GetValue(_tokens);
        var script = args.GetValue(_stamps) ? ModelScript.Stamped(tokens)
            : args.GetValue(_text) is { } text ? ModelScript.Say(text)
            : ModelScript.Lorem(tokens);
        return script with
        {
            TokensPerSecond = args.GetValue(_rate) is 0 ? null : args.GetValue(_rate) ?? 50,
            FirstTokenDelay = args.GetValue(_delay) ?? TimeSpan.Zero,
        };
    }
}
