namespace Tokenfall.Attacks.Soak.Actions;

/// <summary>Something that people, programs or misfortune do to a server. Runs concurrently with others.</summary>
internal interface ISoakAction
{
    /// <summary>How often it is drawn, compared with the others.</summary>
    int Weight { get; }

    /// <summary>Does it, and tells the world what came of it.</summary>
    /// <param name="world">What the actions share.</param>
    /// <param name="random">Decides how; of this action alone.</param>
    Task RunAsync(SoakWorld world, Random random);
}
