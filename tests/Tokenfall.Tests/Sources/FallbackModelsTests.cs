using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Tests;

/// <summary>Which model the last attempt asks: each source has its own.</summary>
public class FallbackModelsTests
{
    [Fact]
    public async Task DefaultSource_HasTheOneOfUpstream() =>
        Assert.Equal(["common"], await LastAsksAsync(builder => builder.AddSource<FailingSource>(), sources => sources.Default));

    [Fact]
    public async Task NamedSource_HasItsOwn() =>
        Assert.Equal(["haiku"], await LastAsksAsync(builder => builder.AddSource("Claude", _ => new FailingSource()), sources => Named(sources, "Claude")));

    [Theory]
    [InlineData("local")]
    [InlineData("blank")]
    public async Task NamedSource_WithoutItsOwn_HasNone(string name) =>
        Assert.Equal([null], await LastAsksAsync(builder => builder.AddSource(name, _ => new FailingSource()), sources => Named(sources, name)));

    [Fact]
    public async Task SourceOfTheApplicationsOwn_HasNone() =>
        Assert.Equal([null], await LastAsksAsync(builder => builder.AddSource<FailingSource>(), _ => new FailingSource()));

    private static IModelSource Named(ModelSources sources, string name) => sources.TryGet(name, out var source) ? source : throw new InvalidOperationException(name);

    private static async Task<IEnumerable<string?>> LastAsksAsync(Action<TokenfallBuilder> add, Func<ModelSources, IModelSource> choose)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tokenfall:Upstream:MaxAttempts"] = "2",
            ["Tokenfall:Upstream:FallbackModel"] = "common",
            ["Tokenfall:Models:claude:FallbackModel"] = "haiku",
            ["Tokenfall:Models:claude:ApiKey"] = "of the provider's section",
            ["Tokenfall:Models:blank:FallbackModel"] = " ",
        }).Build());
        var clock = new TestClock();
        services.AddSingleton<TimeProvider>(clock);
        add(services.AddTokenfallCore());
        await using var provider = services.BuildServiceProvider();
        var source = (FailingSource)choose(provider.GetRequiredService<ModelSources>());

        var run = await provider.GetRequiredService<RunManager>().StartAsync(new RunRequest(source, TestRuns.Request, "ann"));
        using var over = new CancellationTokenSource(TestRuns.Bound);
        while (!run.Ended.IsCompleted)
        {
            over.Token.ThrowIfCancellationRequested();
            // The watchdog's timer and the backoff's. The backoff is random, and may be too short for a timer.
            if (clock.ActiveTimers >= 2) clock.Advance(TimeSpan.FromSeconds(1));
            else await Task.Yield();
        }

        return source.Asked.Skip(1);
    }

    private sealed class FailingSource : IModelSource
    {
        public string? Model => "first";

        public List<string?> Asked { get; } = [];

        public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken)
        {
            Asked.Add(request.Options.ModelId);
            throw new IOException("reset");
        }
    }
}
