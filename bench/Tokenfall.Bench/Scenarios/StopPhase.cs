using Tokenfall.Bench.Load;
using Tokenfall.Testing;

namespace Tokenfall.Bench.Scenarios;

/// <summary>A phase of a run in which it is stopped.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="TokensBefore">How many tokens the model sends before it pauses; null when it does not even send headers.</param>
internal sealed record StopPhase(string Name, int? TokensBefore)
{
    /// <summary>All phases.</summary>
    public static readonly StopPhase[] All = [new("before headers", null), new("before first token", 0), new("between tokens", 3)];

    /// <summary>Creates a script by which the model stays in this phase.</summary>
    /// <returns>The script, and a task that completes when the model has reached the phase.</returns>
    public (ModelScript Script, Task Reached) Prepare()
    {
        if (TokensBefore is not { } tokens) return (ModelScript.Fail(ModelFault.NoHeaders), Task.CompletedTask);
        var gate = new ModelGate(tokens);
        return (new ModelScript { Hold = gate }, gate.Reached);
    }

    /// <summary>Completes when the reader has reached the phase, too.</summary>
    public Task SeenBy(StreamCheck check) => TokensBefore > 0 ? check.FirstText : check.Opened;
}
