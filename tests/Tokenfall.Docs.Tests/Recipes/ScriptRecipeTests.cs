using System.Diagnostics;
using Snippets.Recipes.Models;
using Tokenfall.Tests;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>The recipes for pages, run by Node.js.</summary>
public sealed class ScriptRecipeTests
{
    [Fact]
    public async Task Scripts_ReadTheAnswer()
    {
        await using var host = await RecipeHost.StartAsync(ChatClients.BuildOne);
        var script = Repository.PathOf("tests/Tokenfall.Docs.Tests/Recipes/run-scripts.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", ["--experimental-eventsource", script, host.Http.BaseAddress!.ToString(), Repository.PathOf("")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync().Soon();

        Assert.True(node.ExitCode == 0, await errors);
        Assert.Equal(["fetch: Hi", "event-source: Hi", "react: Hi"], (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
    }
}
