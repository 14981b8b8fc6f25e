using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>The tokens that a ledger has reserved for a run.</summary>
[Experimental(Seam.DiagnosticId)]
public record Reservation
{
    /// <summary>Creates the reservation.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="owner">The owner whose budget it counts against.</param>
    /// <param name="estimate">The reserved tokens.</param>
    public Reservation(RunId run, string owner, TokenUsage estimate)
    {
        Run = run;
        Owner = owner;
        Estimate = estimate;
    }

    /// <summary>The run's id.</summary>
    public RunId Run { get; init; }

    /// <summary>The owner whose budget it counts against.</summary>
    public string Owner { get; init; }

    /// <summary>The reserved tokens.</summary>
    public TokenUsage Estimate { get; init; }
}
