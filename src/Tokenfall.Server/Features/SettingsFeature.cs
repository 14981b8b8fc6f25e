using Microsoft.Extensions.Configuration.Json;

namespace Tokenfall.Server.Features;

/// <summary>
/// The shipped <c>appsettings.json</c> applies wherever the server is started from. The one in the content root, the environment and the
/// command line come after it and win.
/// </summary>
internal static class SettingsFeature
{
    public static void AddShippedSettings(this WebApplicationBuilder builder)
    {
        var shipped = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json"), Optional = true };
        shipped.ResolveFileProvider();
        builder.Configuration.Sources.Insert(0, shipped);
    }
}
