namespace Tokenfall.AspNetCore.Tests;

public sealed class ProbeSignInTests
{
    private const string Id = "0123456789abcdef";

    [Fact]
    public async Task Probe_EndpointAsksForSignIn_IsRefusedToStrangers()
    {
        await using var app = await SignedIn.StartAsync();

        using var stranger = await app.Client.ProbeAsync();
        using var program = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, $"{Probes.Path}?interval=1&count=0").AsProgram("ada"));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (stranger.StatusCode, program.StatusCode));
    }

    [Fact]
    public async Task Probe_AllowedToAnyone_IsOpenAndTheRunsAreNot()
    {
        await using var app = await SignedIn.StartAsync(options => options.Probe.AllowAnonymous = true);

        using var probe = await app.Client.ProbeAsync();
        using var run = await app.Client.AskAsync("a");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (probe.StatusCode, run.StatusCode));
    }

    [Fact]
    public async Task Probe_FromAnotherSite_IsRefused()
    {
        await using var app = await SignedIn.StartAsync();
        using var browser = await app.BrowserAsync("ada");

        using var refused = await browser.StartAsync(new HttpRequestMessage(HttpMethod.Get, Probes.Path).With("Sec-Fetch-Site", "cross-site"));

        await Refused.AssertAsync(refused, 403, "cross_site");
    }

    [Fact]
    public async Task Record_OfSomeoneElse_Is404()
    {
        await using var app = await SignedIn.StartAsync();
        using var probe = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, $"{Probes.Path}?id={Id}&interval=1&count=0").AsProgram("ada"));

        using var own = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, $"{Probes.Path}/{Id}").AsProgram("ada"));
        using var other = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Get, $"{Probes.Path}/{Id}").AsProgram("eve"));

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        await Refused.AssertAsync(other, 404, "unknown_probe");
    }
}
