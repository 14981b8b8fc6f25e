namespace Snippets;

// snippet: echo
public static class Echo
{
    public static async IAsyncEnumerable<string> Words(string text)
    {
        foreach (var word in text.Split(' '))
        {
            await Task.Yield();
            yield return word + " ";
        }
    }
}
// end snippet
