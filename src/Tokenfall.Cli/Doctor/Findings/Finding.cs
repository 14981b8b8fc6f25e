namespace Tokenfall.Cli.Doctor.Findings;

/// <summary>A line to change.</summary>
/// <param name="Product">The product whose configuration has it.</param>
/// <param name="Line">What to write there.</param>
internal sealed record Fix(string Product, string Line);

/// <summary>What is wrong at which hop, the evidence, and what to change.</summary>
/// <param name="Id">One of <see cref="FindingId"/>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Hop">The address of the hop at fault.</param>
/// <param name="Level">The position of the hop; 0 is the outermost.</param>
/// <param name="Products">The products recognized at the hop.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Cause">The cause, in a sentence or two.</param>
/// <param name="Evidence">What was measured.</param>
/// <param name="Fixes">What to change in the products that were recognized; in all that can be the cause where none was.</param>
internal sealed record Finding(
    string Id, Severity Severity, Uri Hop, int Level, IReadOnlyList<string> Products, string Title, string Cause,
    IReadOnlyList<string> Evidence, IReadOnlyList<Fix> Fixes);
