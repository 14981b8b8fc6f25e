namespace Tokenfall.EndToEnd.Tests.Rendering;

/// <summary>However much a model writes, it does not hold the browser up. Alone, because it measures time.</summary>
[Collection(nameof(TimedPages))]
[Trait("Needs", "browser")]
public sealed class HugeTextTests(Browser browser, ITestOutputHelper output)
{
    private const double LongestTask = 200; // milliseconds

    private static readonly (string Unit, int Count)[] Shapes =
    [
        ("a", 1_000_000), ("word ", 200_000), ("😀", 100_000), ("> ", 10_000), (">", 10_000), ("- ", 10_000), ("1. ", 10_000),
        ("> - 1. ", 5_000), ("**_a", 25_000), ("*a **b ", 20_000), ("[", 100_000), ("![", 100_000), ("[a](", 50_000), ("`` ` ", 20_000),
        ("<a ", 50_000), ("\\", 50_000), ("a@b.", 20_000), ("|a", 10_000), ("- a\n", 10_000), ("```\n", 10_000), ("\u202e\u2066abc ", 20_000),
    ];

    [Fact]
    public async Task HugeText_DrawnAtOnce_NeverHoldsTheBrowserUp()
    {
        await using var app = await RenderApp.StartAsync();
        await browser.RunAsync(app.Address, async page =>
        {
            await HostileTextTests.OpenAsync(page, "/strict");
            foreach (var (unit, count) in Shapes)
            {
                // Other work on the machine makes a task longer, never shorter: the shortest of three is the renderer's own.
                var longest = double.MaxValue;
                for (var i = 0; i < 3 && longest > LongestTask; i++)
                    longest = Math.Min(longest, await page.EvaluateAsync<double>("([unit, count]) => longestTask(unit, count)", new object[] { unit, count }));

                output.WriteLine($"FIGURE longest task for {count} x {unit.Trim()}: {(longest == 0 ? "under 50" : longest)} ms");
                Assert.True(longest <= LongestTask, $"For {count} x {unit} the longest task took {longest} ms.");
            }
        });
    }
}
