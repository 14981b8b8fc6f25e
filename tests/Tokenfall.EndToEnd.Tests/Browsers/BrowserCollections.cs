using Tokenfall.EndToEnd.Tests.Page;
using Tokenfall.EndToEnd.Tests.Product;

namespace Tokenfall.EndToEnd.Tests.Browsers;

// Each collection has a browser, and a server where its tests share one. Tests of one collection run one after the other,
// since they look at the same model's record; the collections run side by side, but for those that measure time.

/// <summary>Pages of the tests' own, at applications in the tests' own process.</summary>
[CollectionDefinition(nameof(OwnPages))]
public sealed class OwnPages : ICollectionFixture<Browser>;

/// <summary>What measures time on a page.</summary>
[CollectionDefinition(nameof(TimedPages), DisableParallelization = true)]
public sealed class TimedPages : ICollectionFixture<Browser>, ICollectionFixture<WholeProduct>;

/// <summary>The server's streams, with the server's own settings and no page.</summary>
[CollectionDefinition(nameof(ProductStreams))]
public sealed class ProductStreams : ICollectionFixture<WholeProduct>;

/// <summary>The conversation, as it goes well.</summary>
[CollectionDefinition(nameof(ChatPages))]
public sealed class ChatPages : ICollectionFixture<Browser>, ICollectionFixture<ChatProduct>;

/// <summary>The conversation in several tabs.</summary>
[CollectionDefinition(nameof(TabPages))]
public sealed class TabPages : ICollectionFixture<Browser>, ICollectionFixture<ChatProduct>;

/// <summary>The conversation, when something is in its way.</summary>
[CollectionDefinition(nameof(TroubledChatPages))]
public sealed class TroubledChatPages : ICollectionFixture<Browser>, ICollectionFixture<ChatProduct>;

/// <summary>The conversation, when its page has given up.</summary>
[CollectionDefinition(nameof(GivenUpPages))]
public sealed class GivenUpPages : ICollectionFixture<Browser>, ICollectionFixture<ChatProduct>;

/// <summary>Under a path of a site.</summary>
[CollectionDefinition(nameof(PathBasePages))]
public sealed class PathBasePages : ICollectionFixture<Browser>;

/// <summary>How it looks.</summary>
[CollectionDefinition(nameof(ShownPages))]
public sealed class ShownPages : ICollectionFixture<Browser>, ICollectionFixture<ChatProduct>;
