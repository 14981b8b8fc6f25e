using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tokenfall.Testing;

namespace Tokenfall.Cli.Tests.Bench;

/// <summary>Tokenfall on Kestrel over a real socket, with a model server behind it.</summary>
internal sealed class TokenfallServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TokenfallServer(WebApplication app, ModelServer model) => (_app, Model) = (app, model);

    public ModelServer Model { get; }

    public string Url => $"{_app.Urls.First()}/ask/stream";

    public static async Task<TokenfallServer> StartAsync(ModelScript script)
    {
        var model = await ModelServer.StartAsync();
        model.Script = script;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddTokenfall().AddAnthropic(anthropic =>
        {
            anthropic.BaseUrl = model.Url.ToString();
            anthropic.ApiKey = "test";
        });
        var app = builder.Build();
        app.MapTokenfall("/ask/stream");
        await app.StartAsync();
        return new(app, model);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Model.DisposeAsync();
    }
}
