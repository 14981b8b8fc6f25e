using Microsoft.Extensions.DependencyInjection;

namespace Tokenfall.Tests;

public class ModelSourcesTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void TryGet_ByName_FindsEachSourceOnce()
    {
        var sources = Build(builder => builder.AddSource("a", _ => new CallbackSource(_ => { })).AddSource("b", _ => new CallbackSource(_ => { })));

        Assert.True(sources.TryGet("a", out var a));
        Assert.True(sources.TryGet("a", out var again));
        Assert.True(sources.TryGet("b", out var b));
        Assert.Same(a, again);
        Assert.NotSame(a, b);
        Assert.Equal(["a", "b"], sources.Names);
    }

    [Theory]
    [InlineData("c")]
    [InlineData("A")]
    public void TryGet_AnotherName_FindsNothing(string name) =>
        Assert.False(Build(builder => builder.AddSource("a", _ => new CallbackSource(_ => { }))).TryGet(name, out _));

    [Fact]
    public void Default_IsTheOneAddedLast()
    {
        var sources = Build(builder => builder.AddDemo().AddSource("b", _ => new CallbackSource(_ => { })));

        Assert.True(sources.TryGet("b", out var b));
        Assert.Same(b, sources.Default);
    }

    [Fact]
    public void Default_WithoutAnySource_NamesTheCalls() =>
        Assert.Contains("AddDemo()", Assert.Throws<InvalidOperationException>(() => Build(_ => { }).Default).Message, StringComparison.Ordinal);

    [Fact]
    public void AddSource_TwiceUnderOneName_IsRefused()
    {
        var builder = new TokenfallBuilder(_services).AddDemo("a");

        Assert.Throws<ArgumentException>(() => builder.AddDemo("a"));
    }

    private ModelSources Build(Action<TokenfallBuilder> add)
    {
        add(new TokenfallBuilder(_services));
        return new ModelSources(_services.BuildServiceProvider());
    }
}
