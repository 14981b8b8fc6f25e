namespace Tokenfall.Attacks.Floods;

/// <summary>One kind of attack: a step that is repeated at a rate, many at a time. Steps run concurrently.</summary>
internal interface IFlood
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>The name in the table.</summary>
    string Title { get; }

    /// <summary>What a step does, for readers of the table.</summary>
    string Description { get; }

    /// <summary>How many steps begin in a second.</summary>
    int PerSecond { get; }

    /// <summary>How many steps may be under way.</summary>
    int AtOnce { get; }

    /// <summary>Gets what the steps need, such as a session.</summary>
    Task PrepareAsync(Victim victim);

    /// <summary>Does one step.</summary>
    /// <param name="victim">The server.</param>
    /// <param name="number">The number of the step, from 0.</param>
    /// <param name="cancellationToken">Ends the attack.</param>
    /// <returns>What came of it, in a word: the status of a response, mostly.</returns>
    Task<string> StepAsync(Victim victim, int number, CancellationToken cancellationToken);
}
