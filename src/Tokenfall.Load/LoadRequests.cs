using System.Text;

namespace Tokenfall.Load;

/// <summary>The requests of a load as bytes.</summary>
internal sealed class LoadRequests(LoadPlan plan)
{
    /// <summary>Starts an answer; the same bytes for all streams.</summary>
    public byte[] Start { get; } = Encoding.UTF8.GetBytes(
        $"POST {plan.Url.PathAndQuery} HTTP/1.1\r\n{Headers(plan)}Content-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(plan.Body)}\r\n\r\n{plan.Body}");

    /// <summary>Continues a run after an event.</summary>
    /// <param name="lastEventId">Such as <c>Zk3vM0q2T5uXw8yB1cD4eA.41</c>.</param>
    public byte[] Resume(string lastEventId)
    {
        var run = lastEventId[..lastEventId.LastIndexOf('.')];
        return Encoding.UTF8.GetBytes($"GET {plan.Url.AbsolutePath.TrimEnd('/')}/{run} HTTP/1.1\r\n{Headers(plan)}Last-Event-ID: {lastEventId}\r\n\r\n");
    }

    private static string Headers(LoadPlan plan)
    {
        KeyValuePair<string, string>[] defaults = [new("Host", plan.Url.Authority), new("Accept", "text/event-stream"), new("User-Agent", "tokenfall-bench")];
        var given = plan.Headers.Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return string.Concat(defaults.Where(header => !given.Contains(header.Key)).Concat(plan.Headers).Select(header => $"{header.Key}: {header.Value}\r\n"));
    }
}
