using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tokenfall.Tests;

public class AddTokenfallCoreTests
{
    [Fact]
    public async Task Worker_RunsAnAnswerWithoutHttp()
    {
        await using var services = Build(services => services.AddTokenfallCore().AddSource<HeldSource>());
        var source = (HeldSource)services.GetRequiredService<ModelSources>().Default;

        var run = await services.GetRequiredService<RunManager>().StartAsync(new RunRequest(source, TestRuns.Request, "worker"));
        await source.Started;
        source.Finish();
        await run.EndedInTime();

        Assert.Equal(RunStatus.Done, run.Status);
    }

    [Fact]
    public async Task Worker_ThatStops_DrainsItsRuns()
    {
        await using var services = Build(services => services.AddTokenfallCore(options => options.DrainTime = TimeSpan.FromMilliseconds(1)).AddSource<HeldSource>());
        var source = (HeldSource)services.GetRequiredService<ModelSources>().Default;
        var run = await services.GetRequiredService<RunManager>().StartAsync(new RunRequest(source, TestRuns.Request, "worker"));
        await source.Started;

        foreach (var service in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>()) await service.StoppingAsync(default).WaitAsync(TestRuns.Bound);

        Assert.Equal(ErrorCode.Interrupted, run.End!.Error!.Code);
    }

    [Theory]
    [InlineData(null, "AddTokenfall().AddChatClient()")]
    [InlineData("local", "AddChatClient(\"local\")")]
    public async Task ChatClient_ThatNobodyRegistered_FailsTheStartAndNamesTheCall(string? name, string call)
    {
        using var host = new HostBuilder().ConfigureServices(services =>
        {
            var tokenfall = services.AddTokenfallCore();
            _ = name is null ? tokenfall.AddChatClient() : tokenfall.AddChatClient(name);
        }).Build();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Contains(call, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 40)]
    [InlineData(60, 60)]
    public async Task ShutdownTimeout_ShorterThanTheDrain_IsRaised(int configured, int expected)
    {
        await using var services = Build(services =>
        {
            services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(configured));
            services.AddTokenfallCore();
        });

        Assert.Equal(TimeSpan.FromSeconds(expected), services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    [Fact]
    public async Task SchedulerRegisteredBefore_IsKept()
    {
        await using var services = Build(services => services.AddSingleton<IRunScheduler, NoScheduler>().AddTokenfallCore());

        Assert.IsType<NoScheduler>(services.GetRequiredService<IRunScheduler>());
    }

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        add(services);
        return services.BuildServiceProvider();
    }

    private sealed class NoScheduler : IRunScheduler
    {
        public RunTicket Accept(RunRequest request) => throw new AdmissionException(AdmissionRejection.TooManyRuns);
    }
}
