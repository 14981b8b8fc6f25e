namespace Tokenfall.AspNetCore.Tests;

/// <summary>Witnesses: clients as they come from npm, which answer a cut by sending the same POST again.</summary>
[Trait("Needs", "npm")]
public sealed class StockClientTests
{
    [Theory]
    [InlineData("@microsoft/fetch-event-source", "fetch-event-source.mjs")]
    [InlineData("eventsource", "eventsource.mjs")]
    public async Task Post_CutInTheMiddleOfTheAnswer_IsReadWholeAndAskedOnce(string package, string script)
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        using var client = NpmWitness.Start(package, script, new Uri(proxy.Address, TestApp.Path));
        var answer = await app.Source.AskedAsync();

        answer.Say("Hel");
        await client.ReadTextAsync("Hel");
        proxy.CutAfter(0);
        // Said while nobody reads.
        answer.Say("lo, ", "wör");
        await client.ReadTextAsync("Hello, wör");
        answer.Say("ld");
        await client.ReadTextAsync("Hello, wörld");
        proxy.CutAfter(0);
        answer.Say(" 😀");
        answer.Finish();
        var events = await client.ReadToEndAsync();

        Assert.Equal("Hello, wörld 😀", client.Text);
        Assert.Equal(["start", "done"], events.Where(name => name != "delta"));
        Assert.Equal(1, app.Source.Count);
        Assert.InRange(proxy.Connections, 3, 4);
    }

    [Theory]
    [InlineData("@microsoft/fetch-event-source", "fetch-event-source.mjs")]
    [InlineData("eventsource", "eventsource.mjs")]
    public async Task Post_CutInTheMiddleOfAFrame_IsReadWhole(string package, string script)
    {
        await using var app = await TestApp.StartAsync();
        await using var proxy = new CuttingProxy(app.Address);
        using var client = NpmWitness.Start(package, script, new Uri(proxy.Address, TestApp.Path));
        var answer = await app.Source.AskedAsync();
        answer.Say("a");
        await client.ReadTextAsync("a");

        proxy.CutAfter(100);
        answer.Say(new string('b', 200));
        await client.ReadTextAsync("a" + new string('b', 200));

        answer.Finish();
        Assert.Equal("done", (await client.ReadToEndAsync())[^1]);
        Assert.Equal(1, app.Source.Count);
    }
}
