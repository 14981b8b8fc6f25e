using Tokenfall.Bench.Load;
using Tokenfall.Testing;

namespace Tokenfall.Bench.Scenarios;

/// <summary>A moment in a run's life at which it is stopped.</summary>
/// <param name="Name">In the report.</param>
/// <param name="TokensBefore">How many tokens the model says before it is held; null when it does not even send headers.</param>
internal sealed record StopPhase(string Name, int? TokensBefore)
{
    /// <summary>All of them.</summary>
    public static readonly StopPhase[] All = [new("before headers", null), new("before first token", 0), new("between tokens", 3)];

    /// <summary>Makes a model that stays in this phase.</summary>
    /// <returns>The script, and what completes when the model is there.</returns>
    public (ModelScript Script, Task Reached) Prepare()
    {
        if (TokensBefore is not { } tokens) return (ModelScript.Fail(ModelFault.NoHeaders), Task.CompletedTask);
        var gate = new ModelGate(tokens);
        return (new ModelScript { Hold = gate }, gate.Reached);
    }

    /// <summary>Completes when the reader, too, has seen what shows this phase.</summary>
    public Task SeenBy(StreamCheck check) => TokensBefore > 0 ? check.Spoke : check.Opened;
}
