using Microsoft.Extensions.Options;
using Tokenfall.Server.Configuration;
using Tokenfall.Server.Hosting;
using Tokenfall.Server.Store;

namespace Tokenfall.Server.Features;

/// <summary>Tokenfall's endpoints, with the configured model.</summary>
internal static class AskFeature
{
    /// <summary>The path that answers stream from.</summary>
    public const string Pattern = "/ask/stream";

    public static void AddAsk(this WebApplicationBuilder builder, ModelKind model, DataFolder folder, ServerOptions options)
    {
        // What Kestrel buffers for a reader that does not read. It may be small: the log has the text, once for all readers.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxResponseBufferSize = 16 * 1024);
        // Without sign-in there is one user.
        var tokenfall = builder.Services.AddTokenfall(configureHttp: http => http.AnonymousConversations = !options.SignIn);
        tokenfall.AddRecords(options, folder);
        builder.Services.AddSingleton<IPostConfigureOptions<TokenfallOptions>, RunLimit>();
        _ = model == ModelKind.Demo ? tokenfall.AddDemo() : tokenfall.AddAnthropic();
    }

    /// <summary>Runs and conversations, in the store of the server.</summary>
    public static void AddRecords(this TokenfallBuilder tokenfall, ServerOptions options, DataFolder folder) =>
        _ = options.Database is { } database ? tokenfall.AddPostgreSql(database) : tokenfall.AddSqlite(folder.Journal);

    public static void MapAsk(this WebApplication app, ServerOptions options)
    {
        var ask = app.MapTokenfall(Pattern);
        var conversations = app.MapTokenfallConversations();
        if (!options.SignIn) return;
        ask.RequireAuthorization().RequireRateLimiting(RateLimitFeature.Starts);
        conversations.RequireAuthorization();
    }
}
