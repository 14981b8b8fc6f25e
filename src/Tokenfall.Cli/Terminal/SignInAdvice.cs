namespace Tokenfall.Cli.Terminal;

/// <summary>How a caller signs in, whoever's the application is.</summary>
internal static class SignInAdvice
{
    public const string Text =
        "The ready-made server: create a key on its page /account/keys, and pass it with --key or in TOKENFALL_KEY; on your own machine you can also start it with TOKENFALL_AUTH=none. "
        + "An application of your own: pass its token with --key, or its cookie with --header 'Cookie: ...'.";
}
