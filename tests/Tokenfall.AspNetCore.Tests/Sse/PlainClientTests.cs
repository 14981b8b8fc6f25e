using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>Clients as people write and use them.</summary>
public sealed class PlainClientTests
{
    [Fact]
    public async Task HandWrittenClient_SplitsAtEmptyLines_GetsTheAnswer()
    {
        await using var app = await TestApp.StartAsync();
        app.Source.Answer = SayAsync;
        using var response = await app.Client.AskAsync("hi");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        var text = "";
        var ended = false;
        foreach (var block in (await reader.ReadToEndAsync().Soon()).Split("\n\n"))
        {
            string? name = null, data = null;
            foreach (var line in block.Split('\n'))
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line["event: ".Length..];
                if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line["data: ".Length..];
            }
            if (name == "delta") text += JsonDocument.Parse(data!).RootElement.GetProperty("text").GetString();
            if (name == "done") ended = true;
        }

        Assert.Equal("Hello, wörld 😀\n\nBye", text);
        Assert.True(ended);
    }

    [CurlFact]
    public async Task Curl_Unbuffered_PrintsEveryTokenAsItComes()
    {
        await using var app = await TestApp.StartAsync();
        using var curl = new Process
        {
            StartInfo = new ProcessStartInfo("curl", ["-sN", "--max-time", "60", "-d", "prompt=hi", new Uri(app.Address, TestApp.Path).AbsoluteUri])
            {
                RedirectStandardOutput = true,
                StandardOutputEncoding = Encoding.UTF8,
            },
        };
        curl.Start();
        using var stream = new EventStream(curl.StandardOutput.BaseStream);
        var answer = await app.Source.AskedAsync();
        Assert.Equal("start", (await stream.FrameAsync())!.Event);

        answer.Say("a");
        Assert.Equal("a", (await stream.FrameAsync())!.Text);
        answer.Finish();

        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);
        await curl.WaitForExitAsync().Soon();
        Assert.Equal(0, curl.ExitCode);
    }

    [Fact]
    public async Task Http2_PriorKnowledge_EveryTokenArrivesAlone()
    {
        await using var app = await Http2Async();
        using var stream = await EventStream.OfAsync(await app.Client.AskHttp2Async("hi"));
        var answer = await app.Source.AskedAsync();
        await stream.FrameAsync();

        foreach (var token in new[] { "a", "b", "c" })
        {
            answer.Say(token);
            Assert.Equal(token, (await stream.FrameAsync())!.Text);
        }
        answer.Finish();

        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);
        Assert.Equal(HttpVersion.Version20, stream.Response.Version);
    }

    [Fact]
    public async Task Http2_ReaderLeaves_TheSourceIsCancelledAndNothingIsLogged()
    {
        await using var app = await Http2Async();
        var response = await app.Client.AskHttp2Async("hi");
        var answer = await app.Source.AskedAsync();

        response.Dispose();

        await answer.Cancelled;
        await app.RequestEndedAsync();
        Assert.Empty(app.Logs.Problems());
    }

    [Fact]
    public async Task InMemoryServer_EveryTokenArrivesAlone()
    {
        // What an application's own tests run on.
        var source = new ScriptedSource();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddTokenfall();
        builder.Services.AddSingleton<IModelSource>(source);
        await using var app = builder.Build();
        app.MapTokenfall(TestApp.Path);
        await app.StartAsync();
        using var client = app.GetTestClient();
        using var stream = await EventStream.OfAsync(await client.AskAsync("hi"));
        var answer = await source.AskedAsync();
        await stream.FrameAsync();

        answer.Say("a");
        Assert.Equal("a", (await stream.FrameAsync())!.Text);
        answer.Finish();

        Assert.Equal("done", (await stream.ToEndAsync())[^1].Event);
    }

    private static Task<TestApp> Http2Async() => TestApp.StartAsync(
        builder =>
        {
            TestApp.Configure(builder, options => options.Disconnect = DisconnectPolicy.Stop);
            TestApp.SpeakHttp2(builder);
        },
        app => app.MapTokenfall(TestApp.Path));

    private static Task SayAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
    {
        foreach (var token in new[] { "Hello, ", "wörld 😀\n", "\nBye" }) writer.Text(token);
        writer.Complete("end_turn");
        return Task.CompletedTask;
    }
}
