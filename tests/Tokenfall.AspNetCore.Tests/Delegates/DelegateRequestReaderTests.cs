using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;

namespace Tokenfall.AspNetCore.Tests;

public sealed class DelegateRequestReaderTests
{
    private const string Path = "/support/stream";

    [Fact]
    public async Task Post_Body_ReachesTheDelegate()
    {
        await using var app = await MapAsync((Question question) => Updates.Of("You asked: ", question.Text));

        Assert.Equal("You asked: wörld", await TextAsync(app, new { text = "wörld" }));
    }

    [Fact]
    public async Task Post_RouteAndQuery_ReachTheDelegate()
    {
        await using var app = await MapAsync(
            (string team, int level, Tone tone, Guid? id, string? note, int more = 7) => Updates.Of($"{team} {level} {tone} {id is null} {note ?? "none"} {more}"),
            pattern: "/teams/{team}/stream");

        Assert.Equal("a b 3 Strict True none 7", await TextAsync(app, null, "/teams/a%20b/stream?level=3&tone=strict"));
    }

    [Fact]
    public async Task Post_RouteValueOfTheGroupAround_ReachesTheDelegate()
    {
        await using var app = await TestApp.StartAsync(_ => { }, app =>
            app.MapGroup("/teams/{team}").MapTokenfall("/stream", (string team) => Updates.Of(team)));

        Assert.Equal("a", await TextAsync(app, null, "/teams/a/stream?team=b"));
    }

    [Fact]
    public async Task Post_MarkedParameters_ComeFromWhereTheMarksSay()
    {
        await using var app = await MapAsync(
            ([FromQuery(Name = "team")] string other, [FromRoute(Name = "team")] string mine, [FromBody] string body) => Updates.Of($"{other} {mine} {body}"),
            pattern: "/teams/{team}/stream");

        Assert.Equal("a b c", await TextAsync(app, "c", "/teams/b/stream?team=a"));
    }

    [Fact]
    public async Task Post_User_ReachesTheDelegate()
    {
        await using var app = await TestApp.StartAsync(_ => { }, app =>
        {
            app.Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada")], "test"));
                return next(context);
            });
            app.MapTokenfall(Path, (ClaimsPrincipal user) => Updates.Of(user.FindFirstValue(ClaimTypes.NameIdentifier)!));
        });

        Assert.Equal("ada", await TextAsync(app));
    }

    [Fact]
    public async Task Post_Services_ReachTheDelegate()
    {
        await using var app = await MapAsync(
            (List<string> plain, [FromKeyedServices("k")] Version keyed) => Updates.Of(plain[0], keyed.ToString()),
            services => services.AddSingleton(new List<string> { "plain" }).AddKeyedSingleton("k", new Version(1, 2)));

        Assert.Equal("plain1.2", await TextAsync(app));
    }

    [Fact]
    public async Task Post_ChatClientService_ReachesTheDelegate()
    {
        using var client = new FakeChatClient { Stream = messages => Updates.Of("I heard ", messages.Single().Text) };
        await using var app = await MapAsync(
            (Question question, IChatClient chat, CancellationToken stop) => chat.GetStreamingResponseAsync(question.Text, cancellationToken: stop),
            services => services.AddSingleton<IChatClient>(client));

        Assert.Equal("I heard hi", await TextAsync(app, new { text = "hi" }));
    }

    public static TheoryData<string, string, string> BadCalls => new()
    {
        { """{"text":"hi"}""", "", "missing_value" },
        { """{"text":"hi"}""", "?level=x", "bad_value" },
        { """{"text":"hi"}""", "?level=99999999999", "bad_value" },
        { "", "?level=1", "malformed_json" },
        { "null", "?level=1", "malformed_json" },
        { "[]", "?level=1", "malformed_json" },
        { """{"text":5}""", "?level=1", "malformed_json" },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public async Task Post_BadInput_Is400(string json, string query, string code)
    {
        await using var app = await MapAsync((Question question, int level) => Updates.None(question, level));

        using var response = await app.Client.StartAsync(Calls.PostJson(json, Path + query));

        await Refused.AssertAsync(response, 400, code);
        Assert.Equal(0, app.Runs.Count);
    }

    [Fact]
    public async Task Post_NullableValueThatCannotBeRead_NamesItsType()
    {
        await using var app = await MapAsync((int? level) => Updates.None(level ?? 0));

        using var response = await app.Client.StartAsync(new HttpRequestMessage(HttpMethod.Post, Path + "?level=x"));

        Assert.Contains("level in the address is not a valid Int32", await Refused.AssertAsync(response, 400, "bad_value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoJson_Is415()
    {
        await using var app = await MapAsync((Question question) => Updates.None(question));

        using var response = await app.Client.PostAsync(Path, new FormUrlEncodedContent([KeyValuePair.Create("text", "hi")]));

        await Refused.AssertAsync(response, 415, "unsupported_content_type");
    }

    [Theory]
    [InlineData("""{"text":"too long"}""", "Text is too long.")]
    [InlineData("{}", "Text")]
    [InlineData("""{"text":"ok","level":10}""", "Level must be 1 to 9.")]
    public async Task Post_ValidationAttributes_AreHonoured(string json, string says)
    {
        await using var app = await MapAsync((CheckedQuestion question) => Updates.None(question));

        using var response = await app.Client.StartAsync(Calls.PostJson(json, Path));

        Assert.Contains(says, await Refused.AssertAsync(response, 400, "invalid_body"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"prompt":"hi"}""")]
    public async Task Post_WithoutAValueThatIsNeverNull_Is400(string json)
    {
        await using var app = await MapAsync((Question question) => Updates.None(question));

        using var response = await app.Client.StartAsync(Calls.PostJson(json, Path));

        Assert.Equal("The field text is missing or null.", await Refused.AssertAsync(response, 400, "invalid_body"));
    }

    [Fact]
    public async Task Post_WithoutAValueThatMayBeNull_ReachesTheDelegate()
    {
        await using var app = await MapAsync((Note note) => Updates.Of(note.Text ?? "none"));

        Assert.Equal("none", await TextAsync(app, new { }));
    }

    [Fact]
    public async Task Post_ValidBody_PassesValidation()
    {
        await using var app = await MapAsync((CheckedQuestion question) => Updates.Of(question.Text!));

        Assert.Equal("short", await TextAsync(app, new { text = "short" }));
    }

    private static Task<TestApp> MapAsync(Delegate handler, Action<IServiceCollection>? services = null, string pattern = Path) =>
        TestApp.StartAsync(builder => services?.Invoke(builder.Services), app => app.MapTokenfall(pattern, handler));

    private static async Task<string> TextAsync(TestApp app, object? body = null, string path = Path)
    {
        using var stream = await EventStream.OfAsync(await app.Client.StartAsync(body is null ? new HttpRequestMessage(HttpMethod.Post, path) : Calls.Post(body, path)));
        var frames = await stream.ToEndAsync();
        Assert.Equal("done", frames[^1].Event);
        return Frame.TextOf(frames);
    }
}
