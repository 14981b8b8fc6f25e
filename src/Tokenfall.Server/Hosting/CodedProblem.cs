namespace Tokenfall.Server.Hosting;

/// <summary>A problem with a code, which a program reads instead of its words.</summary>
internal static class CodedProblem
{
    /// <summary>Creates the answer.</summary>
    public static IResult Of(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
