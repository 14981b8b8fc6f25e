using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Tokenfall.Sdk.Tests;

/// <summary>One run of a source, from its start to its end, and what was logged of it.</summary>
internal sealed record EndedRun(Run Run, IReadOnlyList<FakeLogRecord> Log)
{
    public static async Task<EndedRun> OfAsync(IModelSource source, ChatOptions? options = null, TimeProvider? time = null, Action<TokenfallOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging(logging => logging.AddFakeLogging());
        if (time is not null) services.AddSingleton(time);
        services.AddTokenfallCore(configure);
        await using var provider = services.BuildServiceProvider();
        var request = new ModelRequest([new ChatMessage(ChatRole.User, "Hi")], options ?? new ChatOptions { MaxOutputTokens = 100 });
        var run = await provider.GetRequiredService<RunManager>().StartAsync(new RunRequest(source, request, "ada"));
        await run.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        return new EndedRun(run, provider.GetFakeLogCollector().GetSnapshot());
    }
}
