using System.Diagnostics.CodeAnalysis;

namespace Tokenfall;

/// <summary>What a ledger has set aside for a run.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Owner">Whose budget it counts against.</param>
/// <param name="Estimate">What was set aside.</param>
[Experimental(Seam.DiagnosticId)]
public record Reservation(RunId Run, string Owner, TokenUsage Estimate);
