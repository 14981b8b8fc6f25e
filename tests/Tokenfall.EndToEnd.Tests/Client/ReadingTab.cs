namespace Tokenfall.EndToEnd.Tests.Client;

/// <summary>A tab with the client's page in it, and how often it has posted.</summary>
internal sealed class ReadingTab
{
    private readonly IPage _page;
    private int _posts;

    public ReadingTab(IPage page)
    {
        _page = page;
        page.Request += (_, request) =>
        {
            if (request.Method == "POST") Interlocked.Increment(ref _posts);
        };
    }

    public int Posts => Volatile.Read(ref _posts);

    public Task OpenAsync() => _page.GotoAsync("/");

    public Task ReloadAsync() => _page.ReloadAsync();

    public Task AskAsync() => _page.ClickAsync("#ask");

    public Task StopAsync() => _page.ClickAsync("#stop");

    public Task SetOfflineAsync(bool offline) => _page.Context.SetOfflineAsync(offline);

    /// <summary>The text is exactly this, now or soon.</summary>
    public async Task ShowsAsync(string text)
    {
        await Assertions.Expect(_page.Locator("#text")).ToHaveTextAsync(text);
        // The assertion above takes any white space for the same.
        Assert.Equal(text, await _page.Locator("#text").TextContentAsync());
    }

    /// <summary>The answer has had this state, now or soon.</summary>
    public Task HadAsync(string state) => Assertions.Expect(_page.Locator("#states")).ToContainTextAsync(state);

    public Task FailedWithAsync(string error) => Assertions.Expect(_page.Locator("#error")).ToHaveTextAsync(error);

    /// <summary>All states so far.</summary>
    public async Task<string[]> StatesAsync() => (await _page.Locator("#states").TextContentAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Another tab of the same browser, with the page in it.</summary>
    public async Task<ReadingTab> OpenAnotherAsync()
    {
        var tab = new ReadingTab(await _page.Context.NewPageAsync());
        await tab.OpenAsync();
        return tab;
    }
}
