using Microsoft.AspNetCore.Builder;
using Tokenfall.Testing;

namespace Tokenfall.Bench.Serve;

/// <summary>The hidden command <c>serve</c>: one server in a process of its own. It prints its address and ends when its standard input does.</summary>
internal static class ServeCommand
{
    public const string ReadyPrefix = "listening on ";

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["silent"]:
                return await RunAsync(TokenfallServer.Build<SilentSource>());
            case ["ticks"]:
                return await RunAsync(TokenfallServer.Build<TickSource>());
            case ["anthropic", var upstream]:
                return await RunAsync(TokenfallServer.BuildAnthropic(upstream));
            case ["kestrel"]:
                return await RunAsync(PlainServer.Build());
            case ["numbers", ..]:
                await using (var model = await NumbersModel.StartAsync(args[1..])) await WaitAsync(model.Url.ToString());
                return 0;
            case ["tls", ..]:
                return await RunAsync(TlsModel.Build(args[1..]));
            case ["attacked", ..]:
                return await RunAsync(AttackedModel.Build(args[1..]));
            case ["model", ..]:
                await using (var model = await BenchModel.StartAsync(args[1..])) await WaitAsync(model.Url.ToString());
                return 0;
            default:
                await Console.Error.WriteLineAsync($"serve cannot serve {string.Join(' ', args)}.");
                return 2;
        }
    }

    private static async Task<int> RunAsync(WebApplication app)
    {
        await using (app)
        {
            await app.StartAsync();
            await WaitAsync(app.Urls.First());
        }
        return 0;
    }

    // Ends with its parent.
    private static async Task WaitAsync(string address)
    {
        Console.WriteLine(ReadyPrefix + address);
        await Console.In.ReadToEndAsync();
    }
}
