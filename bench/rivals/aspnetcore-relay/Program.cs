// Passes the model's bytes on as they come. From "Make HTTP requests using IHttpClientFactory in ASP.NET Core" (named clients) and
// "Use HttpContext in ASP.NET Core" (Response.Body): https://learn.microsoft.com/aspnet/core/fundamentals/http-requests and
// https://learn.microsoft.com/aspnet/core/fundamentals/use-http-context

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHttpClient("anthropic", client =>
{
    client.BaseAddress = new Uri(builder.Configuration["ANTHROPIC_BASE_URL"]!);
    client.DefaultRequestHeaders.Add("x-api-key", builder.Configuration["ANTHROPIC_API_KEY"]);
    client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
});
var app = builder.Build();

app.MapPost("/ask/stream", async (Question question, IHttpClientFactory clients, HttpContext context) =>
{
    using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages")
    {
        Content = JsonContent.Create(new
        {
            model = "claude-sonnet-4-5",
            max_tokens = 2048,
            stream = true,
            messages = new[] { new { role = "user", content = question.Prompt } },
        }),
    };
    using var answer = await clients.CreateClient("anthropic")
        .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    answer.EnsureSuccessStatusCode();
    context.Response.ContentType = "text/event-stream";
    await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
});

app.Run();

record Question(string Prompt);
