using System.Runtime.CompilerServices;
using Tokenfall.AspNetCore.Tests;
using Tokenfall.EndToEnd.Tests.Nginx;

namespace Tokenfall.EndToEnd.Tests.Client;

/// <summary>The package in a real browser behind the shipped nginx: whatever breaks, the text is exact and the question was asked once.</summary>
[Collection(nameof(OwnPages))]
[Trait("Needs", "nginx")]
[Trait("Needs", "browser")]
public class ClientTests(Browser browser, ITestOutputHelper output)
{
    private const string Whole = "Hello,\n  wörld 😀";

    // What comes after "Hel".
    private static readonly string[] Rest = ["lo,", "\n  wörld 😀"];

    [Theory]
    [InlineData(Connection.Http1)]
    [InlineData(Connection.Http2Tls)]
    public async Task Answer_ServerResetsTheConnection_IsReadOnToItsEnd(Connection connection)
    {
        await using var app = await ClientApp.StartAsync();
        await using var hop = new CuttingProxy(app.Address);
        await using var nginx = await NginxServer.StartAsync(hop.Address, output: output);

        await BrowseAsync(nginx.AddressFor(connection), async tab =>
        {
            var answer = await AskAsync(tab, app);
            hop.CutAfter(0);
            await tab.HadAsync("reconnecting");
            await FinishAsync(tab, answer);
        }, $"Client_ServerResets-{connection}");

        Assert.Equal(1, app.Source.Count);
    }

    [Fact]
    public Task Answer_ProxyRestarts_IsReadOnToItsEnd() => RunAsync(async (tab, app, nginx) =>
    {
        var answer = await AskAsync(tab, app);
        await nginx.StopAsync();
        await nginx.StartAgainAsync();
        await FinishAsync(tab, answer);
    });

    [Fact]
    public Task Answer_NetworkOfflineAndBack_IsReadOnToItsEnd() => RunAsync(async (tab, app, _) =>
    {
        var answer = await AskAsync(tab, app);
        await tab.SetOfflineAsync(true);
        await answer.SaidAsync(Rest[0]);
        await tab.SetOfflineAsync(false);
        await tab.HadAsync("reconnecting");
        await FinishAsync(tab, answer, said: 1);
    });

    [Fact]
    public Task Answer_ConnectionsRotated_IsReadOnEachTime() => RunAsync(async (tab, app, _) =>
    {
        var answer = await AskAsync(tab, app);
        await tab.HadAsync("reconnecting streaming reconnecting");
        await FinishAsync(tab, answer);
    }, options => options.MaxConnectionAge = TimeSpan.FromMilliseconds(300));

    [Fact]
    public async Task Answer_ServerRestartsWithoutTheRun_FailsWithItsTextAndIsNotAskedAgain()
    {
        var first = await ClientApp.StartAsync();
        var address = first.Address;
        await using var nginx = await NginxServer.StartAsync(address, output: output);

        await BrowseAsync(nginx.Https, async tab =>
        {
            await AskAsync(tab, first);
            await first.DisposeAsync();
            await using var second = await ClientApp.StartAsync(address: address);
            await tab.HadAsync("failed");
            await tab.ShowsAsync("Hel");
            Assert.Equal(1, tab.Posts);
            Assert.Equal(0, second.Source.Count);
            Assert.DoesNotContain("done", await tab.StatesAsync());
        });
    }

    [Fact]
    public Task Answer_PageReloaded_IsReadWholeAgain() => RunAsync(async (tab, app, _) =>
    {
        var answer = await AskAsync(tab, app);
        await tab.ReloadAsync();
        await tab.ShowsAsync("Hel");
        await FinishAsync(tab, answer);
    });

    [Fact]
    public Task Answer_OtherTabs_ShowTheSameAndStopIt() => RunAsync(async (tab, app, _) =>
    {
        var idle = await tab.OpenAnotherAsync();
        var answer = await AskAsync(tab, app);
        var late = await tab.OpenAnotherAsync();
        answer.Say("lo");
        foreach (var each in new[] { tab, idle, late }) await each.ShowsAsync("Hello");

        await late.StopAsync();

        await answer.Cancelled;
        foreach (var each in new[] { tab, idle, late }) await each.HadAsync("stopped");
        Assert.Equal((1, 0, 0), (tab.Posts, idle.Posts, late.Posts));
    });

    [Fact]
    public Task Stop_BeforeTheFirstToken_EndsTheModelCall() => RunAsync(async (tab, app, _) =>
    {
        await tab.OpenAsync();
        await tab.AskAsync();
        await tab.StopAsync();

        await (await app.Source.AskedAsync()).Cancelled;
        await tab.HadAsync("stopped");
    });

    /// <summary>Runs a test on an application behind nginx, and sees that its model was asked once.</summary>
    private async Task RunAsync(
        Func<ReadingTab, TestApp, NginxServer, Task> test, Action<AppOptions>? options = null, [CallerMemberName] string name = "")
    {
        await using var app = await ClientApp.StartAsync(options);
        await using var nginx = await NginxServer.StartAsync(app.Address, output: output);
        await BrowseAsync(nginx.Https, tab => test(tab, app, nginx), name);
        Assert.Equal(1, app.Source.Count);
    }

    private Task BrowseAsync(Uri site, Func<ReadingTab, Task> test, [CallerMemberName] string name = "") =>
        // A browser writes every connection that broke, and every 502, into its console.
        browser.RunAsync(site, page => test(new ReadingTab(page)), name, toleratedErrors: "Failed to load resource");

    /// <summary>Opens the page and asks; returns once the first piece is shown.</summary>
    private static async Task<ScriptedAnswer> AskAsync(ReadingTab tab, TestApp app)
    {
        await tab.OpenAsync();
        await tab.AskAsync();
        var answer = await app.Source.AskedAsync();
        answer.Say("Hel");
        await tab.ShowsAsync("Hel");
        return answer;
    }

    /// <summary>Says the rest, and sees that all of it is shown, and that nothing was posted but the question.</summary>
    private static async Task FinishAsync(ReadingTab tab, ScriptedAnswer answer, int said = 0)
    {
        answer.Say(Rest[said..]);
        answer.Finish();
        await tab.HadAsync("done");
        await tab.ShowsAsync(Whole);
        Assert.Equal(1, tab.Posts);
    }
}
