using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Compare;

/// <summary>One thing in which contenders are compared.</summary>
internal interface IComparison
{
    /// <summary>For the command line and for records.</summary>
    string Name { get; }

    /// <summary>For readers of the results.</summary>
    string Title { get; }

    /// <summary>The figure that the contenders are compared by.</summary>
    string Headline { get; }

    /// <summary>Whether a contender has what is measured.</summary>
    bool Takes(Contender contender);

    /// <summary>Measures one contender once, on fresh processes, and checks every stream.</summary>
    /// <exception cref="InvalidOperationException">It cannot be measured here; the message says what is needed.</exception>
    /// <exception cref="TimeoutException">Something did not happen in a bounded time.</exception>
    Task<Result> MeasureAsync(Contender contender, CompareOptions options);
}
