using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Snippets.Recipes.SignIn;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>The recipes for sign-in, with a real cookie and a real token.</summary>
public sealed class SignInRecipeTests
{
    private static readonly object Question = new { prompt = "Hi" };

    // So that the demo model is brief.
    private static readonly (string, string?) Brief = ("Tokenfall:Upstream:MaxTokens", "2");

    [Fact]
    public async Task Cookies_SignedIn_StreamsTheAnswer()
    {
        await using var host = await RecipeHost.StartAsync(CookieSignIn.Build, Brief);

        await SignInAsync(host.Http, "ada", "engine");

        Assert.NotEmpty(await host.AskAsync(Question));
    }

    [Fact]
    public async Task Cookies_NotSignedIn_Is401()
    {
        await using var host = await RecipeHost.StartAsync(CookieSignIn.Build, Brief);

        using var ask = await host.Http.PostAsJsonAsync("/ask/stream", Question);
        using var token = await host.Http.GetAsync("/antiforgery");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (ask.StatusCode, token.StatusCode));
    }

    [Fact]
    public async Task Cookies_AnothersAnswer_Is404()
    {
        await using var host = await RecipeHost.StartAsync(CookieSignIn.Build, Brief);
        await SignInAsync(host.Http, "ada", "engine");
        using var answer = await host.Http.PostAsJsonAsync("/ask/stream", Question);
        using var grace = host.NewCaller();
        await SignInAsync(grace, "grace", "compiler");

        using var read = await grace.GetAsync(answer.Headers.Location);

        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task Bearer_Token_StreamsTheAnswer()
    {
        await using var host = await StartBearerAsync();

        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token("ada"));

        Assert.NotEmpty(await host.AskAsync(Question));
    }

    [Fact]
    public async Task Bearer_NoToken_Is401()
    {
        await using var host = await StartBearerAsync();

        using var response = await host.Http.PostAsJsonAsync("/ask/stream", Question);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    // As the page does.
    private static async Task SignInAsync(HttpClient http, string name, string password)
    {
        using var signIn = await http.PostAsJsonAsync("/sign-in", new { name, password });
        Assert.Equal(HttpStatusCode.NoContent, signIn.StatusCode);
        var antiforgery = await http.GetFromJsonAsync<JsonElement>("/antiforgery");
        http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", antiforgery.GetProperty("token").GetString());
    }

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(one => (byte)one)];

    // The settings that `dotnet user-jwts create` writes.
    private static Task<RecipeHost> StartBearerAsync() => RecipeHost.StartAsync(BearerSignIn.Build, Brief,
        ("Authentication:Schemes:Bearer:ValidAudiences:0", "app"),
        ("Authentication:Schemes:Bearer:ValidIssuer", "tests"),
        ("Authentication:Schemes:Bearer:SigningKeys:0:Issuer", "tests"),
        ("Authentication:Schemes:Bearer:SigningKeys:0:Value", Convert.ToBase64String(Key)));

    private static string Token(string subject) => new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(
        "tests", "app", [new Claim("sub", subject)], expires: TimeProvider.System.GetUtcNow().AddMinutes(5).UtcDateTime,
        signingCredentials: new SigningCredentials(new SymmetricSecurityKey(Key), SecurityAlgorithms.HmacSha256)));
}
