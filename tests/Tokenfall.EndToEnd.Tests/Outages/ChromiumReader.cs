using Microsoft.Playwright;

namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>A page in a real browser.</summary>
internal sealed class ChromiumReader(IBrowserContext context, IPage page, Uri site) : IOutageReader
{
    public static async Task<ChromiumReader> StartAsync(IBrowser browser, Uri site)
    {
        var context = await browser.NewContextAsync();
        return new(context, await context.NewPageAsync(), site);
    }

    public async Task AskAsync()
    {
        await page.GotoAsync(site.ToString());
        await page.ClickAsync("#ask");
    }

    public Task ShowsAsync(string text) => page.WaitForFunctionAsync("text => document.getElementById('text').textContent === text", text);

    public Task SetOfflineAsync(bool offline) => context.SetOfflineAsync(offline);

    public async Task FreezeAsync(bool frozen)
    {
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Page.setWebLifecycleState", new() { ["state"] = frozen ? "frozen" : "active" });
        await session.DetachAsync();
    }

    public async Task<(string Text, string States)> EndAsync(TimeSpan patience)
    {
        await page.WaitForFunctionAsync(
            "() => /done|stopped|failed|closed/.test(document.getElementById('states').textContent)", null,
            new() { Timeout = (float)patience.TotalMilliseconds, PollingInterval = 20 });
        return (await page.TextContentAsync("#text") ?? "", await page.TextContentAsync("#states") ?? "");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
