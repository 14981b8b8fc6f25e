namespace Tokenfall.Load;

/// <summary>One kind of problem that streams had.</summary>
/// <param name="Verdict">What the streams with this problem were judged to be.</param>
/// <param name="Count">How many streams had it.</param>
/// <param name="Example">The message of the first one.</param>
/// <param name="Status">The status of its response; 0 without a response.</param>
public sealed record LoadProblem(Verdict Verdict, int Count, string Example, int Status);
