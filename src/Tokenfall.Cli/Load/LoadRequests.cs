using System.Text;

namespace Tokenfall.Cli.Load;

/// <summary>The requests of a load as bytes.</summary>
internal sealed class LoadRequests(LoadPlan plan)
{
    /// <summary>Asks for an answer; the same for all streams.</summary>
    public byte[] Ask { get; } = Encoding.UTF8.GetBytes(
        $"POST {plan.Url.PathAndQuery} HTTP/1.1\r\n{Common(plan)}Content-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(plan.Body)}\r\n\r\n{plan.Body}");

    /// <summary>Continues a run behind an event.</summary>
    /// <param name="lastEventId">Such as <c>Zk3vM0q2T5uXw8yB1cD4eA.41</c>.</param>
    public byte[] Continue(string lastEventId)
    {
        var run = lastEventId[..lastEventId.LastIndexOf('.')];
        return Encoding.UTF8.GetBytes($"GET {plan.Url.AbsolutePath.TrimEnd('/')}/{run} HTTP/1.1\r\n{Common(plan)}Last-Event-ID: {lastEventId}\r\n\r\n");
    }

    // A header given by the user wins over the one of the same name here.
    private static string Common(LoadPlan plan)
    {
        KeyValuePair<string, string>[] own = [new("Host", plan.Url.Authority), new("Accept", "text/event-stream"), new("User-Agent", "tokenfall-bench")];
        var given = plan.Access.Headers.Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return string.Concat(own.Where(header => !given.Contains(header.Key)).Concat(plan.Access.Headers).Select(header => $"{header.Key}: {header.Value}\r\n"));
    }
}
