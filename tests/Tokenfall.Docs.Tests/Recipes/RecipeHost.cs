using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Tokenfall.Tests;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>A recipe's application, started on a free port, and a caller that keeps cookies.</summary>
internal sealed class RecipeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Uri _url;

    private RecipeHost(WebApplication app)
    {
        _app = app;
        _url = new Uri(app.Urls.Single());
        Http = NewCaller();
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RecipeHost> StartAsync(Func<WebApplicationBuilder, WebApplication> recipe, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = recipe(builder);
        await app.StartAsync();
        return new RecipeHost(app);
    }

    /// <summary>Another caller, with cookies of its own.</summary>
    public HttpClient NewCaller() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = _url };

    /// <summary>Asks, and returns the whole text of a complete answer.</summary>
    public async Task<string> AskAsync(object body, string endpoint = "/ask/stream")
    {
        using var response = await Http.PostAsJsonAsync(endpoint, body);
        using var events = await EventStream.OfAsync(response);
        var frames = await events.ToEndAsync();
        Assert.True(frames[^1].Event == "done", frames[^1].ToString());
        return Frame.TextOf(frames);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
