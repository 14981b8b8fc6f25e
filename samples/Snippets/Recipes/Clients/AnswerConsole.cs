namespace Snippets.Recipes.Clients;

public static class AnswerConsole
{
    public static async Task RunAsync()
    {
        // snippet: dotnet-client-use
        using var http = new HttpClient { BaseAddress = new Uri("http://localhost:5000") };
        var answer = new Answer(http, "/ask/stream", "What is a waterfall?");
        await foreach (var text in answer.ReadAsync()) Console.Write(text);
        Console.WriteLine($" ({answer.StopReason})");
        // end snippet
    }
}
