using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;

namespace Tokenfall.AspNetCore.Tests;

public sealed class TypedRequestReaderTests
{
    private const string Path = "/support/stream";

    [Fact]
    public async Task Post_Body_ReachesTheHandler()
    {
        await using var app = await MapAsync((question, _, _) => Updates.Of("You asked: ", question.Text));

        Assert.Equal("You asked: wörld", await TextAsync(app));
    }

    [Fact]
    public async Task Post_RouteValues_ReachTheHandler()
    {
        await using var app = await MapAsync((_, run, _) => Updates.Of((string)run.RouteValues["team"]!), pattern: "/teams/{team}/stream");

        Assert.Equal("a b", await TextAsync(app, "/teams/a%20b/stream"));
    }

    [Fact]
    public async Task Post_User_ReachesTheHandler()
    {
        await using var app = await TestApp.StartAsync(_ => { }, app =>
        {
            app.Use((context, next) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada")], "test"));
                return next(context);
            });
            app.MapTokenfall(Path, TypedJson.Default.TypedQuestion, (_, run, _) => Updates.Of(run.User.FindFirstValue(ClaimTypes.NameIdentifier)!));
        });

        Assert.Equal("ada", await TextAsync(app));
    }

    [Fact]
    public async Task ScopedService_RunHasEnded_IsDisposed()
    {
        var disposed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await MapAsync(
            (_, run, _) => Updates.Of(run.Services.GetRequiredService<Scoped>().Disposed.Task.IsCompleted ? "late" : "alive"),
            services => services.AddSingleton(disposed).AddScoped<Scoped>());

        Assert.Equal("alive", await TextAsync(app));
        await disposed.Task.Soon();
    }

    [Fact]
    public async Task Stop_WhileStreaming_CancelsTheHandlersToken()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await MapAsync((_, _, stop) =>
        {
            stop.UnsafeRegister(_ => stopped.SetResult(), null);
            return AfterAsync(stopped.Task);
        });
        using var response = await app.Client.StartAsync(Calls.PostJson("""{"text":"hi"}""", Path));

        using var answer = await app.Client.DeleteAsync(response.Headers.Location);

        Assert.Equal(202, (int)answer.StatusCode);
        await stopped.Task.Soon();
    }

    [Theory]
    [InlineData("", "malformed_json")]
    [InlineData("null", "malformed_json")]
    [InlineData("""{"text":5}""", "malformed_json")]
    [InlineData("{}", "malformed_json")]
    [InlineData("""{"text":"shout!"}""", "invalid_body")]
    public async Task Post_BadBody_Is400(string json, string code)
    {
        await using var app = await MapAsync((question, _, _) => Updates.None(question));

        using var response = await app.Client.StartAsync(Calls.PostJson(json, Path));

        await Refused.AssertAsync(response, 400, code);
        Assert.Equal(0, app.Runs.Count);
    }

    [Fact]
    public async Task Post_NoJson_Is415()
    {
        await using var app = await MapAsync((question, _, _) => Updates.None(question));

        using var response = await app.Client.PostAsync(Path, new FormUrlEncodedContent([KeyValuePair.Create("text", "hi")]));

        await Refused.AssertAsync(response, 415, "unsupported_content_type");
    }

    private static Task<TestApp> MapAsync(
        Func<TypedQuestion, RunContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> handler, Action<IServiceCollection>? services = null, string pattern = Path) =>
        TestApp.StartAsync(builder => services?.Invoke(builder.Services), app => app.MapTokenfall(pattern, TypedJson.Default.TypedQuestion, handler));

    private static async Task<string> TextAsync(TestApp app, string path = Path)
    {
        using var response = await app.Client.StartAsync(Calls.PostJson("""{"text":"wörld"}""", path));
        using var stream = await EventStream.OfAsync(response);
        var frames = await stream.ToEndAsync();
        Assert.Equal("done", frames[^1].Event);
        return Frame.TextOf(frames);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> AfterAsync(Task stopped)
    {
        yield return Updates.Text("Hello");
        await stopped;
    }

    private sealed class Scoped(TaskCompletionSource disposed) : IDisposable
    {
        public TaskCompletionSource Disposed => disposed;

        public void Dispose() => disposed.SetResult();
    }
}

internal sealed record TypedQuestion : IValidatableObject
{
    public required string Text { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Text.EndsWith('!')) yield return new ValidationResult("Do not shout.", [nameof(Text)]);
    }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(TypedQuestion))]
internal sealed partial class TypedJson : JsonSerializerContext;
