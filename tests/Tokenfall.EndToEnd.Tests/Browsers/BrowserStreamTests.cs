using Tokenfall.EndToEnd.Tests.Lockstep;
using Tokenfall.EndToEnd.Tests.Nginx;
using Xunit.Sdk;

namespace Tokenfall.EndToEnd.Tests.Browsers;

/// <summary>What a person sees: the text grows while the answer is being made.</summary>
[Collection(nameof(OwnPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public class BrowserStreamTests(Browser browser, ITestOutputHelper output)
{
    // Over TLS a browser takes HTTP/2 where it is offered.
    [Theory]
    [InlineData(Connection.Http1)]
    [InlineData(Connection.Http2Tls)]
    public async Task Page_ThroughNginx_ShowsEachEventBeforeTheNextIsMade(Connection connection)
    {
        await using var app = await LockstepApp.StartAsync();
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);

        await browser.RunAsync(nginx.AddressFor(connection), async page =>
        {
            await page.GotoAsync("/");
            await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("open");

            await app.ReleaseAsync("Hello");
            await Assertions.Expect(page.Locator("#text")).ToHaveTextAsync("Hello");
            await app.ReleaseAsync(", world");
            await Assertions.Expect(page.Locator("#text")).ToHaveTextAsync("Hello, world");
        }, $"Page_ThroughNginx-{connection}");
    }

    [Fact]
    public async Task Page_ThatThrows_FailsTheTest()
    {
        await using var app = await LockstepApp.StartAsync();

        var failure = await Assert.ThrowsAsync<EmptyException>(() => browser.RunAsync(app.Address, async page =>
        {
            await page.GotoAsync("about:blank");
            await page.EvaluateAsync("() => { console.error('planted'); }");
        }));

        Assert.Contains("planted", failure.Message, StringComparison.Ordinal);
    }
}
