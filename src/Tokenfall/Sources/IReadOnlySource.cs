namespace Tokenfall;

/// <summary>A source that only reads its request: its attempts need no copies.</summary>
internal interface IReadOnlySource : IModelSource
{
    /// <summary>Whether each attempt is one HTTP request: nothing underneath tries again by itself, and nobody has to count.</summary>
    bool SendsOnce { get; }
}
