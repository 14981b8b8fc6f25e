namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>A result of one probe, reported as soon as it is known.</summary>
internal sealed record ProbeProgress(Hop Hop, string Probe, string Result);
