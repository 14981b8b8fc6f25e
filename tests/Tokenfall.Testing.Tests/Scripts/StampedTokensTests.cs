using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Tokenfall.Testing.Tests.Scripts;

public partial class StampedTokensTests
{
    [Fact]
    public async Task StampedTokens_AsSent_SayTheirNumberAndWhenThatWas()
    {
        await using var server = await ModelServer.StartAsync();
        server.Script = ModelScript.Stamped(5) with { TokensPerSecond = 200 };
        using var http = new HttpClient(server.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "v1/messages"))
        {
            Content = new StringContent("""{"model":"m","max_tokens":9,"stream":true,"messages":[]}"""),
            Headers = { { "anthropic-version", "2023-06-01" } },
        };
        var before = Stopwatch.GetTimestamp();

        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();

        var stamps = Stamp().Matches(body).Select(match => (Number: match.Groups[1].Value, At: long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(["0", "1", "2", "3", "4"], stamps.Select(stamp => stamp.Number));
        Assert.All(stamps, stamp => Assert.InRange(stamp.At, before, Stopwatch.GetTimestamp()));
        Assert.Equal(stamps.Select(stamp => stamp.At).Order(), stamps.Select(stamp => stamp.At));
    }

    [Fact]
    public async Task Traffic_AfterAStream_CountsItsTokens()
    {
        await using var server = await ModelServer.StartAsync(new() { RecordCalls = false });
        server.Script = ModelScript.Stamped(5);
        using var http = new HttpClient(server.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "v1/messages"))
        {
            Content = new StringContent("""{"model":"m","max_tokens":9,"stream":true,"messages":[]}"""),
            Headers = { { "anthropic-version", "2023-06-01" } },
        };

        using var response = await http.SendAsync(request);

        Assert.Equal((1, 5), (server.Traffic.Requests, server.Traffic.Tokens));
    }

    [GeneratedRegex("\"(\\d+)@(\\d{19});\"")]
    private static partial Regex Stamp();
}
