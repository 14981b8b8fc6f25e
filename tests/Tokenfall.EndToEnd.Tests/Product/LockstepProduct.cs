namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>The whole path with a model whose clock stands still: each token comes when the test lets it.</summary>
public sealed class LockstepProduct : WholeProduct
{
    private readonly TestClock _clock;

    public LockstepProduct() : this(new TestClock()) { }

    private LockstepProduct(TestClock clock) : base(clock) => _clock = clock;

    /// <summary>A script that waits before every token, the first one included.</summary>
    public static ModelScript Held(params string[] tokens) =>
        new() { Tokens = tokens, TokensPerSecond = 1, FirstTokenDelay = TimeSpan.FromSeconds(1) };

    /// <summary>Lets the model send its next token; returns only once the model waits before it.</summary>
    public async Task ReleaseTokenAsync()
    {
        await _clock.WaitForTimersAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }
}
