using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Snippets.Recipes.Clients;
using Tokenfall.Tests;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>The recipes for .NET clients, run against a real server.</summary>
public sealed class ClientRecipeTests
{
    [Fact]
    public async Task Answer_ConnectionCutInTheMiddle_GoesOnWithoutAskingAgain()
    {
        await using var host = await ClientHost.StartAsync();
        var pieces = new Answer(host.Http, "/ask/stream", "Count.").ReadAsync().GetAsyncEnumerator();
        await pieces.MoveNextAsync().AsTask().Soon();
        var text = pieces.Current;

        host.CutTheQuestion();
        host.SayTheRest();
        while (await pieces.MoveNextAsync().AsTask().Soon()) text += pieces.Current;

        Assert.Equal(("One two.", 1), (text, host.Calls));
    }

    [Fact]
    public async Task Answer_Stopped_EndsAsStopped()
    {
        await using var host = await ClientHost.StartAsync();
        var answer = new Answer(host.Http, "/ask/stream", "Count.");
        var text = "";
        using var limit = new CancellationTokenSource(Waiting.Limit);

        await foreach (var piece in answer.ReadAsync(limit.Token))
        {
            text += piece;
            await answer.StopAsync();
        }

        Assert.Equal(("One ", "stopped"), (text, answer.StopReason));
    }

    [Fact]
    public async Task Blazor_Component_ShowsTheAnswer()
    {
        await using var host = await ClientHost.StartAsync();
        host.SayTheRest();
        await using var services = new ServiceCollection().AddSingleton(host.Http).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(AnswerView.Prompt)] = "Count." });

        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<AnswerView>(parameters)).ToHtmlString()).Soon();

        Assert.Equal("<p>One two.</p>", html.Trim());
    }
}
