namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>Something that the doctor has found out about a hop, for the person who waits.</summary>
internal sealed record Step(Hop Hop, string What, string Result);
