using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>The tokens that a ledger has reserved for a run.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Owner">The owner whose budget it counts against.</param>
/// <param name="Estimate">The reserved tokens.</param>
[Experimental(Seam.DiagnosticId)]
public record Reservation(RunId Run, string Owner, TokenUsage Estimate);
