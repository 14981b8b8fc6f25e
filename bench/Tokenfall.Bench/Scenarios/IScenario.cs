using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Scenarios;

/// <summary>One measurement.</summary>
internal interface IScenario
{
    /// <summary>Measures it once, on fresh processes, and checks every stream.</summary>
    /// <exception cref="InvalidOperationException">It cannot be measured here; the message says what is needed.</exception>
    /// <exception cref="TimeoutException">Something did not happen in time.</exception>
    Task<Result> RunAsync(BenchOptions options);
}
