namespace Tokenfall;

/// <summary>A source that an answer cites.</summary>
public sealed record SourceReference
{
    /// <summary>The address of a web source; null for a document.</summary>
    public string? Url { get; init; }

    /// <summary>The title, where the provider gives one.</summary>
    public string? Title { get; init; }

    /// <summary>The provider's id or index of a document; null for a web source.</summary>
    public string? Document { get; init; }

    /// <summary>The cited passage, where the provider gives it.</summary>
    public string? CitedText { get; init; }

    /// <summary>Where the passage begins in the document, in the provider's unit: characters, pages or blocks.</summary>
    public int? Start { get; init; }

    /// <summary>Where the passage ends in the document, in the same unit.</summary>
    public int? End { get; init; }
}
