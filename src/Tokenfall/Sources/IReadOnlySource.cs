namespace Tokenfall;

/// <summary>A source that only reads its request: its attempts need no copies.</summary>
internal interface IReadOnlySource : IModelSource;
