namespace Tokenfall.Cli.Doctor.Probing;

/// <summary>One address of the path, from the outside in: what is asked there goes through this hop and all those behind it.</summary>
/// <param name="Level">0 is the outermost.</param>
/// <param name="Url">The endpoint, without <c>/probe</c>.</param>
internal sealed record Hop(int Level, Uri Url)
{
    private const string UsualPath = "/ask/stream";

    public Uri Probe => new($"{Url.AbsoluteUri.TrimEnd('/')}/probe");

    /// <summary>The hops of a command line. An address without a path takes the first one's, and that one Tokenfall's usual.</summary>
    public static IReadOnlyList<Hop> Path(Uri url, IEnumerable<Uri> via)
    {
        var outermost = WithPath(url, UsualPath);
        return [new Hop(0, outermost), .. via.Select((inner, index) => new Hop(index + 1, WithPath(inner, outermost.AbsolutePath)))];
    }

    public override string ToString() => Url.GetLeftPart(UriPartial.Authority);

    private static Uri WithPath(Uri url, string path) => url.AbsolutePath == "/" ? new Uri(url, path) : url;
}
