namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>A line to change.</summary>
/// <param name="Product">Where.</param>
/// <param name="Line">What to write there.</param>
internal sealed record Fix(string Product, string Line);

/// <summary>What is wrong, where, how it shows, and what to change.</summary>
/// <param name="Id">One of <see cref="FindingId"/>.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Hop">The address of the hop at fault.</param>
/// <param name="Level">Its place from the outside in.</param>
/// <param name="Products">What it looks like.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Cause">In a sentence or two.</param>
/// <param name="Evidence">What was measured.</param>
/// <param name="Fixes">For the product that was recognised; for all that can be the cause, where none was.</param>
internal sealed record Finding(
    string Id, Severity Severity, Uri Hop, int Level, IReadOnlyList<string> Products, string Title, string Cause,
    IReadOnlyList<string> Evidence, IReadOnlyList<Fix> Fixes);
