using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Tokenfall.AspNetCore.Tests;
using Tokenfall.EndToEnd.Tests.Client;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Outages;

/// <summary>Plays one outage: reader, hop, nginx with the shipped site, hop, application, each of the cell's own.</summary>
/// <param name="scale">How much shorter all times are, on both ends; 1 for real time.</param>
internal sealed class OutageRun(double scale)
{
    // What is said before the outage, in it and after it.
    private static readonly Dictionary<Moment, (string Before, string During, string After)> Script = new()
    {
        [Moment.BeforeTheFirstToken] = ("", "Hello,\n", "  wörld 😀"),
        [Moment.InMidAnswer] = ("Hel", "lo,\n ", " wörld 😀"),
        [Moment.JustBeforeTheEnd] = ("Hello,\n  wörl", "d 😀", ""),
    };

    public async Task<OutageResult> RunAsync(OutageCell cell, IBrowser? browser)
    {
        using var client = new ScaledClient(scale);
        var posts = 0;
        await using var app = await StartAppAsync(client, () => Interlocked.Increment(ref posts));
        await using var behind = new FaultyHop(app.Address);
        await using var nginx = await ProxyServer.StartAsync(new NginxProgram(), behind.Address);
        await using var before = new FaultyHop(nginx.Http);
        await using IOutageReader reader = cell.Reader == ReaderKind.Chromium
            ? await ChromiumReader.StartAsync(browser!, before.Address) : new NodeReader(before.Address, client.FileAt("index.js"));
        await reader.AskAsync();
        var answer = await app.Source.AskedAsync();
        var script = Script[cell.Moment];
        if (script.Before.Length > 0)
        {
            answer.Say(script.Before);
            await reader.ShowsAsync(script.Before);
        }

        var length = TimeSpan.FromSeconds(cell.Seconds) * scale;
        await BeginAsync();
        await Task.Delay(length / 2, TimeProvider.System);
        answer.Say(script.During);
        if (script.After.Length == 0) answer.Finish();
        await Task.Delay(length / 2, TimeProvider.System);
        await EndAsync();
        var begin = Stopwatch.GetTimestamp();
        if (script.After.Length > 0)
        {
            answer.Say(script.After);
            answer.Finish();
        }
        var (text, states) = await reader.EndAsync(TimeSpan.FromSeconds(30) + TimeSpan.FromMinutes(3) * scale);
        return new(text, states, posts, app.Source.Count, Stopwatch.GetElapsedTime(begin));

        async Task BeginAsync()
        {
            switch (cell.Fault)
            {
                case Fault.Offline: await reader.SetOfflineAsync(true); before.Reset(); break;
                case Fault.Dropped: before.Drop(); break;
                case Fault.ProxyRestart: await nginx.StopAsync(); break;
                case Fault.SocketReset: behind.Reset(); break;
                case Fault.Frozen: before.Drop(); await reader.FreezeAsync(true); break;
            }
        }

        async Task EndAsync()
        {
            if (cell.Fault == Fault.ProxyRestart) await nginx.StartAgainAsync();
            before.Heal();
            behind.Heal();
            if (cell.Fault == Fault.Offline) await reader.SetOfflineAsync(false);
            if (cell.Fault == Fault.Frozen) await reader.FreezeAsync(false);
        }
    }

    private Task<TestApp> StartAppAsync(ScaledClient client, Action posted) => TestApp.StartAsync(
        builder => TestApp.Configure(builder, options =>
        {
            options.Heartbeat *= scale;
            options.Grace *= scale;
            options.ResumeGrace *= scale;
            options.Retention *= scale;
            options.Upstream.FirstContentTimeout = options.Upstream.ContentTimeout = TimeSpan.FromMinutes(5);
        }),
        app =>
        {
            app.Use((context, next) =>
            {
                if (HttpMethods.IsPost(context.Request.Method)) posted();
                return next(context);
            });
            app.MapTokenfall(TestApp.Path);
            app.MapGet("/", () => Results.Content(ClientPage.Html, "text/html"));
            app.MapGet("/client/{file}", (string file) => Results.File(client.FileAt(file), "text/javascript"));
        });
}
