using System.Text;

namespace Tokenfall.AspNetCore.Tests;

public sealed class RequestBodyTests
{
    private const int Limit = 1000;

    public static TheoryData<string, bool> Bodies => new()
    {
        { "application/json", false },
        { "application/json", true },
        { "application/x-www-form-urlencoded", false },
        { "application/x-www-form-urlencoded", true },
        { "multipart/form-data; boundary=x", false },
        { "multipart/form-data; boundary=x", true },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_BodyOverTheLimit_Is413(string contentType, bool chunked)
    {
        await using var app = await TestApp.StartAsync(options => options.MaxBodySize = Limit);

        using var response = await app.Client.StartAsync(Request(contentType, chunked, Limit + 1));

        Assert.Contains("1,000", await Refused.AssertAsync(response, 413, "body_too_large"), StringComparison.Ordinal);
        Assert.Equal(0, app.Source.Count);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_BodyExactlyAtTheLimit_Starts(string contentType, bool chunked)
    {
        await using var app = await TestApp.StartAsync(options => options.MaxBodySize = Limit);

        using var response = await app.Client.StartAsync(Request(contentType, chunked, Limit));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Post_BodyLargerThanTheServersOwnBuffer_IsRead()
    {
        await using var app = await TestApp.StartAsync(options =>
        {
            options.MaxBodySize = 8 * 1024 * 1024;
            options.MaxPromptLength = 8 * 1024 * 1024;
        });

        using var response = await app.Client.StartAsync(Request("application/json", chunked: true, 6 * 1024 * 1024));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange((await app.Source.AskedAsync()).Prompt.Length, 6_000_000, 6_300_000);
    }

    private static HttpRequestMessage Request(string contentType, bool chunked, int length)
    {
        var (before, after) = contentType[0] == 'm'
            ? ("--x\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n", "\r\n--x--\r\n")
            : contentType.EndsWith("json", StringComparison.Ordinal) ? ("{\"prompt\":\"", "\"}") : ("prompt=", "");
        var body = before + new string('a', length - before.Length - after.Length) + after;
        var request = new HttpRequestMessage(HttpMethod.Post, TestApp.Path) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TransferEncodingChunked = chunked;
        return request;
    }
}
