using System.Globalization;
using System.Text.Json;

namespace Tokenfall;

/// <summary>Writes citations and search results as sources (https://docs.claude.com/en/docs/build-with-claude/citations).</summary>
internal static class Citations
{
    /// <summary>Writes the source that a citation names. What must go back to the API, or names no source, is kept for it.</summary>
    public static void Write(JsonElement citation, RunWriter writer, AnthropicContent content)
    {
        if (citation.ValueKind != JsonValueKind.Object) return;
        var source = SourceOf(citation);
        var isKnown = source != new SourceReference();
        if (isKnown) writer.Source(source);
        if (ReaderJson.Omits(citation) || (!isKnown && citation.HasMoreThan("type"))) content.Keep(citation.Text("type") ?? "citation", citation);
    }

    /// <summary>Writes what a web search found.</summary>
    public static void WriteSearchResults(JsonElement results, RunWriter writer)
    {
        if (results.ValueKind != JsonValueKind.Array) return;
        foreach (var result in results.EnumerateArray())
            if (result.Text("type") == "web_search_result" && WebAddressOf(result) is { } url)
                writer.Source(new SourceReference { Url = url, Title = result.Text("title") });
    }

    private static SourceReference SourceOf(JsonElement citation)
    {
        var url = WebAddressOf(citation);
        return new SourceReference
        {
            Url = url,
            Title = citation.Text("title") ?? citation.Text("document_title"),
            Document = url is not null ? null : citation.Text("file_id") ?? citation.Text("source") ?? IndexOf(citation),
            CitedText = citation.Text("cited_text"),
            Start = citation.Number("start_char_index") ?? citation.Number("start_page_number") ?? citation.Number("start_block_index"),
            End = citation.Number("end_char_index") ?? citation.Number("end_page_number") ?? citation.Number("end_block_index"),
        };
    }

    private static string? IndexOf(JsonElement citation) =>
        (citation.Number("document_index") ?? citation.Number("search_result_index"))?.ToString(CultureInfo.InvariantCulture);

    // A page makes a link of it, so nothing but the web's own schemes. A search result of the application's names its source as it likes.
    private static string? WebAddressOf(JsonElement element) =>
        (element.Text("url") ?? element.Text("source")) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? text : null;
}
