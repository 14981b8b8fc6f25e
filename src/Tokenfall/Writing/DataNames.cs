namespace Tokenfall;

/// <summary>Names of <see cref="EventKind.Data"/> events that sources write. They are reserved: an application gives its own events other names.</summary>
public static class DataNames
{
    /// <summary>The answer has content of a kind that Tokenfall does not know. The value is an object with the <c>type</c>'s name.</summary>
    public const string UnknownContent = "unknown_content";

    /// <summary>
    /// What the provider says of the reason why it stopped. The value is an object with <c>stop_sequence</c>, <c>category</c> and <c>explanation</c>, as
    /// far as they are known.
    /// </summary>
    public const string StopDetails = "stop_details";

    internal static bool IsReserved(string name) => name is UnknownContent or StopDetails;
}
