using Tokenfall.Bench.Reports;

namespace Tokenfall.Bench.Compare;

/// <summary>One comparison of contenders.</summary>
internal interface IComparison
{
    /// <summary>The name on the command line and in records.</summary>
    string Name { get; }

    /// <summary>The name on the page of results.</summary>
    string Title { get; }

    /// <summary>The figure that the contenders are compared by.</summary>
    string Headline { get; }

    /// <summary>Whether the comparison makes sense for a contender.</summary>
    bool AppliesTo(Contender contender);

    /// <summary>Measures one contender once, on fresh processes, and checks every stream.</summary>
    /// <exception cref="InvalidOperationException">It cannot be measured here; the message says what is needed.</exception>
    /// <exception cref="TimeoutException">Something did not happen in time.</exception>
    Task<Result> MeasureAsync(Contender contender, CompareOptions options);
}
