using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Tokenfall.AspNetCore.Tests;

namespace Tokenfall.EndToEnd.Tests.Client;

/// <summary>An application under the test's hand that serves the package as it is written, and a page that uses it.</summary>
internal static class ClientApp
{
    /// <param name="options">Settings of the application.</param>
    /// <param name="address">Where it listens; a free port by default.</param>
    public static Task<TestApp> StartAsync(Action<AppOptions>? options = null, Uri? address = null) => TestApp.StartAsync(
        builder =>
        {
            TestApp.Configure(builder, options);
            if (address is not null) builder.WebHost.UseUrls(address.ToString());
        },
        app =>
        {
            app.MapTokenfall(TestApp.Path);
            app.MapGet("/", () => Results.Content(ClientPage.Html, "text/html"));
            app.MapGet("/client/{file}", (string file) => Results.File(Repository.PathOf($"client/src/{file}"), "text/javascript"));
        });
}
