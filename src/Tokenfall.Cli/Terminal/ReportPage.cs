using System.Net;
using System.Text;

namespace Tokenfall.Cli.Terminal;

/// <summary>A result as a page to attach to a ticket: one file that loads nothing.</summary>
internal sealed record ReportPage
{
    /// <summary>The title in the browser's tab.</summary>
    public required string Title { get; init; }

    /// <summary>The heading of the page.</summary>
    public required string Heading { get; init; }

    /// <summary>Whether the result is good; it decides the color of the verdict.</summary>
    public required bool IsFine { get; init; }

    /// <summary>The result in a few words.</summary>
    public required string Verdict { get; init; }

    /// <summary>The tool, the time, and the extent of the measurement.</summary>
    public required string Facts { get; init; }

    /// <summary>Styles in addition to those of <see cref="ReportStyle"/>.</summary>
    public string Css { get; init; } = "";

    /// <summary>Renders the page.</summary>
    /// <param name="sections">What follows the heading, as HTML.</param>
    public string With(StringBuilder sections) => $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(Title)}</title>
        <style>{ReportStyle.Css}{Css}</style>
        <header>
        <p class="verdict {(IsFine ? "live" : "late")}">{Text(Verdict)}</p>
        <h1>{Text(Heading)}</h1>
        <p class="quiet">{Text(Facts)}</p>
        </header>
        <main>
        {sections}</main>
        </html>

        """;

    /// <summary>Encodes text for HTML.</summary>
    public static string Text(object value) => WebUtility.HtmlEncode(value.ToString()!);
}
