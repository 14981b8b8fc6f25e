using Tokenfall.EndToEnd.Tests.Nginx;
using Tokenfall.Tests.Product;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>The page under a path of a host, behind a real nginx that removes the path.</summary>
[Collection(nameof(PathBasePages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public sealed class PathBaseTests(Browser browser, ITestOutputHelper output)
{
    [Fact]
    public async Task Page_UnderAPath_WorksFromSignInToDiagnostics()
    {
        await using var model = await ModelServer.StartAsync();
        model.Script = ModelScript.Say("Water, falling.");
        await using var server = await TokenfallProcess.StartAsync(model.Url);
        await using var nginx = await NginxServer.StartAsync(server.Address, UnderPath, output);

        await browser.RunAsync(nginx.Http, async tab =>
        {
            var page = new ProductPage(tab);
            await tab.GotoAsync("/ai/");
            await page.TypeCredentialsAsync();
            await page.AskAsync("What is falling?");
            await page.ExpectAnswerAsync("Water, falling.");
            await tab.ReloadAsync();
            await page.ExpectAnswerAsync("Water, falling.");

            await tab.GotoAsync("/ai/account/keys");
            await Assertions.Expect(tab.Locator("#user")).ToContainTextAsync(TokenfallProcess.Email);
            await tab.GotoAsync("/ai/diagnostics");
            await Assertions.Expect(tab.Locator("#command")).ToContainTextAsync("/ai/ask/stream");
        }, nameof(Page_UnderAPath_WorksFromSignInToDiagnostics));
    }

    // As deploy/nginx/README.md says.
    private static string UnderPath(string site) => site
        .Substitute("    proxy_set_header X-Forwarded-Prefix \"\";\n", "    proxy_set_header X-Forwarded-Prefix /ai;\n")
        .Substitute("    location / {\n        proxy_pass http://tokenfall;", "    location /ai/ {\n        proxy_pass http://tokenfall/;")
        .Substitute("    location /ask/stream {\n        proxy_pass http://tokenfall;", "    location /ai/ask/stream {\n        proxy_pass http://tokenfall/ask/stream;");
}
