using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Tests;

public class TokenfallBuilderTests
{
    private readonly TokenfallBuilder _builder = new(new ServiceCollection());

    [Fact]
    public void AddDemo_Alone_Answers()
    {
        using var provider = _builder.AddDemo().Services.BuildServiceProvider();

        Assert.IsType<DemoSource>(provider.GetRequiredService<IModelSource>());
    }

    [Fact]
    public void AddDemo_WithAClockAlreadyThere_TakesThat()
    {
        var clock = new FakeTimeProvider();
        _builder.Services.AddSingleton<TimeProvider>(clock);
        using var provider = _builder.AddDemo().Services.BuildServiceProvider();

        Assert.Same(clock, provider.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public void AddSource_AfterAnother_AnswersInstead()
    {
        using var provider = _builder.AddDemo().AddSource<OtherSource>().Services.BuildServiceProvider();

        Assert.IsType<OtherSource>(provider.GetRequiredService<IModelSource>());
    }

    [Fact]
    public void AddSource_AskedTwice_IsOne()
    {
        using var provider = _builder.AddSource<OtherSource>().Services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<IModelSource>(), provider.GetRequiredService<IModelSource>());
    }

    [Fact]
    public void AddChatClient_WithoutAClient_NamesWhatIsMissing()
    {
        using var provider = _builder.AddChatClient().Services.BuildServiceProvider();

        var failure = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IModelSource>);

        Assert.Contains(nameof(IChatClient), failure.Message, StringComparison.Ordinal);
    }

    private sealed class OtherSource : IModelSource
    {
        public string? Model => null;

        public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
