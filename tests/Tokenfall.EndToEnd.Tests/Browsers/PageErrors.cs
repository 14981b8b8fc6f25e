using System.Collections.Concurrent;

namespace Tokenfall.EndToEnd.Tests.Browsers;

/// <summary>What pages wrote to the console as errors, and what their scripts threw and nobody caught.</summary>
internal sealed class PageErrors
{
    private readonly ConcurrentQueue<string> _seen = new();

    public void Watch(IPage page)
    {
        page.PageError += (_, error) => _seen.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _seen.Enqueue(message.Text);
        };
    }

    public IReadOnlyCollection<string> Seen => _seen;
}
