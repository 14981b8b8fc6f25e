using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.Doctor.Tests.Wire;

/// <summary>Reads the application's plain streams through a path, and says when what came.</summary>
internal sealed class Reader : IDisposable
{
    private readonly HttpClient _client;

    public Reader(IHop outermost, Connection connection) => _client = ExactClient.To(
        connection is Connection.Http1 ? outermost.Http : outermost.Https,
        connection is Connection.Http2Tls ? HttpVersion.Version20 : HttpVersion.Version11);

    public void Dispose() => _client.Dispose();

    /// <summary>A response whose headers have come.</summary>
    public async Task<HttpResponseMessage> GetAsync(string pathAndQuery, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(pathAndQuery, UriKind.Relative))
        {
            Version = _client.DefaultRequestVersion,
            VersionPolicy = _client.DefaultVersionPolicy,
        };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Reads to the end or the cut.</summary>
    public async Task<Arrivals> ReadAsync(string query, string encoding = "identity")
    {
        var begin = Stopwatch.GetTimestamp();
        using var response = await GetAsync($"{PlainStreams.Paced}?{query}", ("Accept-Encoding", encoding));
        var coding = response.Content.Headers.ContentEncoding.FirstOrDefault();
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var plain = coding switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        var events = new List<Arrival>();
        var comments = 0;
        string last = "", data = "";
        try
        {
            using var lines = new StreamReader(plain);
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith(':')) comments++;
                if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line["data: ".Length..];
                // An event is there with its empty line, not before: a hop may hold back just that.
                if (line != "" || data == "") continue;
                if (data.Split(' ') is [_, var sent, _])
                    events.Add(new(Stopwatch.GetElapsedTime(long.Parse(sent, CultureInfo.InvariantCulture)), Stopwatch.GetElapsedTime(begin)));
                (last, data) = (data, "");
            }
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            // A cut stream; what came before it counts.
        }

        return new(events, comments, coding, last == "end", Stopwatch.GetElapsedTime(begin));
    }
}
