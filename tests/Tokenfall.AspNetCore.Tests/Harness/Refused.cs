namespace Tokenfall.AspNetCore.Tests;

internal static class Refused
{
    /// <summary>Asserts that the answer is problem details that a person and a program can use; returns the words.</summary>
    public static async Task<string> AssertAsync(HttpResponseMessage response, int status, string code)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.NotEqual("", problem.GetProperty("request_id").GetString());
        return problem.GetProperty("detail").GetString()!;
    }
}
