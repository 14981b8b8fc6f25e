namespace Tokenfall.Testing.Scripts;

// The kinds of fault. Their meaning is documented at ModelFault's factories, their behaviour is in StreamAnswer.

internal sealed record StatusFault(int HttpStatus, string ErrorType, string Message, TimeSpan? RetryAfter, string? ErrorCode) : ModelFault;

internal sealed record NoHeadersFault : ModelFault;

internal sealed record HangUpFault : ModelFault;

internal abstract record StreamFault : ModelFault
{
    protected StreamFault(int afterTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterTokens);
        AfterTokens = afterTokens;
    }

    internal int AfterTokens { get; }
}

internal sealed record InBandErrorFault(string ErrorType, string Message, int Tokens) : StreamFault(Tokens);

internal sealed record CleanEndFault(int Tokens) : StreamFault(Tokens);

internal sealed record EndInsideEventFault(int Tokens) : StreamFault(Tokens);

internal sealed record ResetFault(int Tokens) : StreamFault(Tokens);

internal sealed record StallFault(int Tokens, bool Pings) : StreamFault(Tokens);

internal sealed record GarbageFault(int Tokens) : StreamFault(Tokens);
