namespace Tokenfall;

/// <summary>The diagnostic that marks interfaces that may still change.</summary>
internal static class Seam
{
    /// <summary>Suppress it to implement or replace a scheduler, ledger, journal or protocol.</summary>
    public const string DiagnosticId = "TOKENFALL001";
}
