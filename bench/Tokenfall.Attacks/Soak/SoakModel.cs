using Tokenfall.Testing;

namespace Tokenfall.Attacks.Soak;

/// <summary>A model with numbered tokens that answers slowly, fast, or not at all.</summary>
internal static class SoakModel
{
    /// <summary>The script of a healthy answer.</summary>
    public static readonly ModelScript Healthy = ModelScript.Stamped(60) with { TokensPerSecond = 100 };

    private static readonly ModelScript Long = ModelScript.Stamped(2000);

    // Beside the ways to fail of a model, all pieces of which the reader must see.
    private static readonly ModelFault[] Faults =
    [
        ModelFault.BadRequest, ModelFault.Unauthorized, ModelFault.RateLimited(TimeSpan.FromMilliseconds(500)), ModelFault.SpendLimit, ModelFault.ServerError,
        ModelFault.Overloaded, ModelFault.NoHeaders, ModelFault.HangUp, ModelFault.InBandError("overloaded_error", "Overloaded", 20), ModelFault.CleanEnd(20),
        ModelFault.EndInsideEvent(20), ModelFault.Reset(20), ModelFault.Stall(20), ModelFault.Stall(20, pings: true), ModelFault.Garbage(20),
    ];

    /// <summary>Draws how the next request is answered: most are healthy.</summary>
    public static ModelScript Draw(Random random) => random.Next(10) switch
    {
        < 5 => Healthy with { TokensPerSecond = random.Next(50, 500) },
        5 => Long,
        6 => Healthy with { FirstTokenDelay = TimeSpan.FromMilliseconds(random.Next(1500)) },
        7 => Healthy with { HeaderDelay = TimeSpan.FromMilliseconds(random.Next(1500)) },
        _ => Healthy with { Fault = Faults[random.Next(Faults.Length)] },
    };
}
