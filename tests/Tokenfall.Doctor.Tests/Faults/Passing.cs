using Tokenfall.Doctor.Tests.Origin;
using Tokenfall.Doctor.Tests.Paths;
using Tokenfall.Doctor.Tests.Wire;

namespace Tokenfall.Doctor.Tests.Faults;

/// <summary>Symptoms in what each side gets to see of the other.</summary>
internal static class Passing
{
    public static async Task Redirected(HopPath path, Connection connection)
    {
        using var reader = new Reader(path.Outermost, connection);
        using var response = await reader.GetAsync($"{PlainStreams.Paced}?count=1");
        Assert.Equal(301, (int)response.StatusCode);
    }

    public static async Task LoginPage(HopPath path, Connection connection)
    {
        using var reader = new Reader(path.Outermost, connection);
        using var response = await reader.GetAsync($"{PlainStreams.Paced}?count=1");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>A header of the request does not reach the application.</summary>
    public static Func<HopPath, Connection, Task> Without(string header) => async (path, connection) =>
        Assert.DoesNotContain($"{header}:", await EchoAsync(path, connection, header), StringComparison.OrdinalIgnoreCase);

    public static async Task Http10(HopPath path, Connection connection) =>
        Assert.StartsWith("HTTP/1.0 ", await EchoAsync(path, connection), StringComparison.Ordinal);

    /// <summary>Each request has a connection of its own to the application.</summary>
    public static async Task ConnectionClose(HopPath path, Connection connection)
    {
        var (one, two) = (await EchoAsync(path, connection), await EchoAsync(path, connection));
        Assert.Contains("Connection: close", one, StringComparison.Ordinal);
        Assert.NotEqual(one.Split('\n')[0], two.Split('\n')[0]);
    }

    /// <summary>The second reader gets what the first one got.</summary>
    public static async Task Cached(HopPath path, Connection connection)
    {
        Assert.Equal(await FirstLineAsync(path, connection), await FirstLineAsync(path, connection));
    }

    private static async Task<string> FirstLineAsync(HopPath path, Connection connection)
    {
        using var reader = new Reader(path.Outermost, connection);
        using var response = await reader.GetAsync($"{PlainStreams.Paced}?count=1");
        return (await response.Content.ReadAsStringAsync()).Split('\n')[0];
    }

    private static async Task<string> EchoAsync(HopPath path, Connection connection, string header = "X-Any")
    {
        using var reader = new Reader(path.Outermost, connection);
        using var response = await reader.GetAsync(PlainStreams.Echo, (header, "some.1"));
        return await response.Content.ReadAsStringAsync();
    }
}
