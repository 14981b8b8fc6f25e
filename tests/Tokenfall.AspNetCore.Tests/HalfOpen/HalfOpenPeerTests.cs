using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Xunit.Abstractions;

namespace Tokenfall.AspNetCore.Tests.HalfOpen;

/// <summary>A reader that vanishes from the network without a word.</summary>
[Trait("Needs", "netns")]
public class HalfOpenPeerTests(ITestOutputHelper output)
{
    private static readonly TimeSpan ResumeGrace = TimeSpan.FromSeconds(1);

    [NamespaceFact]
    public async Task Reader_VanishesFromTheNetwork_IsPaidForNoLongerThan30SecondsAndTheResumeGrace()
    {
        using var peer = Peer.Create();
        await using var app = await TestApp.StartAsync(
            builder =>
            {
                TestApp.Configure(builder, options =>
                {
                    options.Heartbeat = TimeSpan.FromSeconds(5);
                    options.ResumeGrace = ResumeGrace;
                    options.Grace = ResumeGrace / 2;
                    options.Upstream.FirstContentTimeout = options.Upstream.ContentTimeout = TimeSpan.FromMinutes(5);
                });
                builder.WebHost.UseUrls($"http://{Peer.Server}:0");
            },
            app => app.MapTokenfall(TestApp.Path));
        using var reader = peer.Run("curl", "-sN", "-H", "Tokenfall-Resume: 1", "-d", "prompt=hi", new Uri(app.Address, TestApp.Path).AbsoluteUri);
        var answer = await app.Source.AskedAsync();
        answer.Say("a");
        while (await reader.StandardOutput.ReadLineAsync().Soon() is var line && line?.Contains("\"a\"", StringComparison.Ordinal) != true) Assert.NotNull(line);

        var gone = Stopwatch.StartNew();
        peer.Vanish();
        await answer.Cancelled;

        output.WriteLine($"abandoned after {gone.Elapsed.TotalSeconds:F1} s");
        Assert.InRange(gone.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30) + ResumeGrace);
        reader.Kill();
    }
}
