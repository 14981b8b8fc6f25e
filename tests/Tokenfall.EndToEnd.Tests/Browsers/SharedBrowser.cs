using Tokenfall.EndToEnd.Tests.Page;

namespace Tokenfall.EndToEnd.Tests.Browsers;

/// <summary>The tests that share the browser, and the page's tests their server, too; xunit runs them one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<Browser>, ICollectionFixture<ChatProduct>
{
    public const string Name = "browser";
}
