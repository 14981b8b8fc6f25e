namespace Tokenfall.EndToEnd.Tests.Page;

/// <summary>axe, the accessibility checker, on a page as it is now.</summary>
internal static class AxeRun
{
    private static readonly string Script = Repository.PathOf("tests/witnesses/node_modules/axe-core/axe.min.js");

    /// <summary>Fails with each rule that the page breaks, and where. All of axe's rules count, its best practices too.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rule">The only rule to check; all by default.</param>
    public static async Task ExpectNoViolationAsync(IPage page, string? rule = null)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var violations = await page.EvaluateAsync<string[]>("""
            async rule => {
              const { violations } = await axe.run(rule ? { runOnly: [rule] } : {});
              return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => `  ${html}`).join('\n')}`);
            }
            """, rule);
        Assert.Empty(violations);
    }
}
