using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpLogging;

namespace Tokenfall.AspNetCore.Tests;

/// <summary>What the application's HTTP log has of prompts and answers, wherever it stands in the pipeline.</summary>
public sealed class HttpLoggingTests
{
    private const string Secret = "my-secret-question";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_IsLoggedWithoutItsPromptAndItsAnswer(bool beforeRouting)
    {
        await using var app = await StartAsync(beforeRouting);
        using var stream = await EventStream.OfAsync(await app.Client.AskAsync(Secret));
        var answer = await app.Source.AskedAsync();
        answer.Say(Secret);
        answer.Finish();
        await stream.ToEndAsync();
        await app.RequestEndedAsync();

        AssertNoSecret(app);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetStart_IsLoggedWithoutItsQuery(bool beforeRouting)
    {
        await using var app = await StartAsync(beforeRouting);
        using var stream = await EventStream.OfAsync(await app.Client.ReadAsync($"{TestApp.Path}?prompt={Secret}"));
        (await app.Source.AskedAsync()).Finish();
        await stream.ToEndAsync();
        await app.RequestEndedAsync();

        AssertNoSecret(app);
    }

    [Fact]
    public async Task CallOfTheApplication_AfterRouting_IsLoggedAsItAsks()
    {
        await using var app = await StartAsync(beforeRouting: false);
        using var response = await app.Client.StartAsync(Calls.Post(new { text = "a body of the application" }, "/own?query=its-own"));
        await response.Content.ReadAsStringAsync();
        await app.RequestEndedAsync();

        Assert.Contains(Logged(app), message => message.Contains("a body of the application", StringComparison.Ordinal));
        Assert.Contains(Logged(app), message => message.Contains("query=its-own", StringComparison.Ordinal));
    }

    private static Task<TestApp> StartAsync(bool beforeRouting) => TestApp.StartAsync(
        builder =>
        {
            TestApp.Configure(builder, options => options.AllowGetStart = true);
            builder.Services.AddHttpLogging(logging =>
            {
                logging.LoggingFields = HttpLoggingFields.All | HttpLoggingFields.RequestQuery;
                logging.MediaTypeOptions.AddText("text/event-stream");
            });
        },
        app =>
        {
            if (beforeRouting) app.UseHttpLogging();
            app.UseRouting();
            if (!beforeRouting) app.UseHttpLogging();
            app.MapTokenfall(TestApp.Path);
            app.MapPost("/own", async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync());
        });

    private static List<string> Logged(TestApp app) =>
        [.. app.Logs.GetSnapshot().Where(record => record.Category!.Contains("HttpLogging", StringComparison.Ordinal)).Select(record => record.Message)];

    private static void AssertNoSecret(TestApp app)
    {
        Assert.NotEmpty(Logged(app));
        Assert.DoesNotContain(Logged(app), message => message.Contains(Secret, StringComparison.Ordinal));
    }
}
