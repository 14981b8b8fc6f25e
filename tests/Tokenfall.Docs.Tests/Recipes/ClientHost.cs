using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>An application for clients: the model says "One ", and the rest when the test lets it. The test can cut the question's connection.</summary>
internal sealed class ClientHost : IModelSource, IAsyncDisposable
{
    private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpContext? _question;
    private int _calls;
    private RecipeHost _host = null!;

    public string? Model => "test";

    public int Calls => Volatile.Read(ref _calls);

    public HttpClient Http => _host.Http;

    public static async Task<ClientHost> StartAsync()
    {
        var host = new ClientHost();
        host._host = await RecipeHost.StartAsync(builder =>
        {
            builder.Services.AddTokenfall().AddSource("test", _ => host);
            var app = builder.Build();
            app.Use((context, next) =>
            {
                if (HttpMethods.IsPost(context.Request.Method)) host._question = context;
                return next(context);
            });
            app.MapTokenfall("/ask/stream");
            return app;
        });
        return host;
    }

    public void SayTheRest() => _rest.TrySetResult();

    public void CutTheQuestion() => _question!.Abort();

    public async Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        writer.Text("One ");
        await _rest.Task.WaitAsync(cancellationToken);
        writer.Text("two.");
        writer.Complete("end_turn");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
