namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>axe, the accessibility checker, on a page as it is now.</summary>
internal static class AxeRun
{
    private static readonly string Script = Repository.PathOf("tests/witnesses/node_modules/axe-core/axe.min.js");

    /// <summary>Fails with each rule that the page breaks, and where. All of axe's rules count, its best practices too.</summary>
    public static async Task ExpectNoViolationAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var violations = await page.EvaluateAsync<string[]>("""
            async () => {
              const { violations } = await axe.run();
              return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join('\n')}`);
            }
            """);
        Assert.Empty(violations);
    }
}
