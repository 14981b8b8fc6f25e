using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>
/// A protocol as unlike ours as possible: it opens and closes parts, counts its chunks instead of naming events, wants every piece by itself,
/// and has an end mark.
/// </summary>
internal sealed class IndexedProtocol : IRunProtocol
{
    public bool MergesText => false;

    public async Task<ProtocolRequest> ReadRequestAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var question = body.RootElement.GetProperty("question").GetString()!;
        return new ProtocolRequest([new ChatMessage(ChatRole.User, question)]) { Content = () => System.Text.Encoding.UTF8.GetBytes(question) };
    }

    // It has no way to resume with a POST.
    public RunId? FindResumedRun(HttpContext context) => null;

    public ResumePosition? FindPosition(HttpContext context, Run run)
    {
        var index = context.Request.Query["index"].ToString();
        if (index.Length == 0) return new ResumePosition(after: 0);
        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var chunks) ? new ResumePosition(after: 0, skip: chunks)
            : throw new RequestProblemException(new RequestProblem(400, "bad_index", "The index is malformed", "Send a number."));
    }

    public void WriteHeaders(IHeaderDictionary headers) => headers["X-Stream-Version"] = "1";

    public IRunFormatter CreateFormatter(Run run, IReadOnlyList<OpenPart> openParts, ResumePosition position) => new IndexedFormatter(run, position.Skip);

    public Task WriteProblemAsync(HttpContext context, RequestProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsync(problem.Code);
    }
}
