using Xunit.Abstractions;

namespace Tokenfall.Tests;

/// <summary>Starts the collections that take longest before the others, so that none of them is left over at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // The ends of their names; the longest first.
    private static readonly string[] Long =
        ["SoakTests", "TroubledChatPages", "ChatPages", "ShownPages", "GivenUpPages", "TabPages", "OwnPages", "LeavingTests", "StartTests", "KeyCommandTests", "CommandTests", "AskTests", "HalfOpenPeerTests", "StockClientTests"];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Rank);

    private static int Rank(ITestCollection collection)
    {
        var rank = Array.FindIndex(Long, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal));
        return rank < 0 ? Long.Length : rank;
    }
}
