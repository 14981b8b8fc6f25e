using System.Diagnostics;
using Snippets.Recipes.Models;
using Snippets.Recipes.SignIn;
using Tokenfall.Tests;

namespace Tokenfall.Docs.Tests.Recipes;

/// <summary>The recipes for pages, run by Node.js.</summary>
public sealed class ScriptRecipeTests
{
    [Fact]
    public async Task Scripts_ReadTheAnswer()
    {
        await using var host = await RecipeHost.StartAsync(ChatClients.BuildOne);

        Assert.Equal(["fetch: Hi", "event-source: Hi", "react: Hi", "kept: Hi", "forgotten: undefined"], await RunAsync(host));
    }

    [Fact]
    public async Task Scripts_SignedInByCookie_ReadTheAnswerAndSignOut()
    {
        await using var host = await RecipeHost.StartAsync(CookieSignIn.Build, ("Tokenfall:Upstream:MaxTokens", "40"));

        Assert.Equal(
            ["fetch: max_tokens", "event-source: true", "signed out: stopped, 401", "next: Sign in first."],
            await RunAsync(host, "signed-in"));
    }

    private static async Task<IEnumerable<string>> RunAsync(RecipeHost host, params string[] arguments)
    {
        var script = Repository.PathOf("tests/Tokenfall.Docs.Tests/Recipes/run-scripts.mjs");
        string[] all = ["--experimental-eventsource", script, host.Http.BaseAddress!.ToString(), Repository.PathOf(""), .. arguments];
        using var node = Process.Start(new ProcessStartInfo("node", all) { RedirectStandardOutput = true, RedirectStandardError = true })!;

        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync().Soon();

        Assert.True(node.ExitCode == 0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim());
    }
}
