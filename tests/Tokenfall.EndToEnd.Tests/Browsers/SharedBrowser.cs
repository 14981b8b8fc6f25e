namespace Tokenfall.EndToEnd.Tests.Browsers;

/// <summary>The tests that share the browser; xunit runs them one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}
