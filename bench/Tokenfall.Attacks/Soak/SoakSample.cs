namespace Tokenfall.Attacks.Soak;

/// <summary>The server at one moment, and what happened since the sample before.</summary>
/// <param name="At">Time since the beginning.</param>
/// <param name="Memory">Resident memory, in bytes.</param>
/// <param name="Heap">The managed heap, in bytes, garbage included.</param>
/// <param name="Descriptors">Open files and sockets.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Runs">Live runs.</param>
/// <param name="Leases">Leases in use.</param>
/// <param name="Cpu">How busy it was, in percent of a core.</param>
/// <param name="Actions">How many actions began.</param>
internal sealed record SoakSample(TimeSpan At, long Memory, long Heap, int Descriptors, int Threads, int Runs, int Leases, double Cpu, int Actions);
