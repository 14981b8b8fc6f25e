namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>One address of the path: a request to it goes through this hop and all those behind it.</summary>
/// <param name="Level">0 is the outermost.</param>
/// <param name="Url">The endpoint, without <c>/probe</c>.</param>
internal sealed record Hop(int Level, Uri Url)
{
    private const string DefaultPath = "/ask/stream";

    public Uri Probe => new($"{Url.AbsoluteUri.TrimEnd('/')}/probe");

    /// <summary>Builds the path from the command line. An address without a path gets that of the first one, and the first one Tokenfall's default.</summary>
    public static IReadOnlyList<Hop> Path(Uri url, IEnumerable<Uri> via)
    {
        var outermost = WithPath(url, DefaultPath);
        return [new Hop(0, outermost), .. via.Select((inner, index) => new Hop(index + 1, WithPath(inner, outermost.AbsolutePath)))];
    }

    public override string ToString() => Url.GetLeftPart(UriPartial.Authority);

    private static Uri WithPath(Uri url, string path) => url.AbsolutePath == "/" ? new Uri(url, path) : url;
}
