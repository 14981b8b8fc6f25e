namespace Tokenfall.EndToEnd.Tests.Browsers;

/// <summary>What the page showed at each animation frame while its last answer grew.</summary>
/// <param name="Frames">How many frames there were from the first text to the last.</param>
/// <param name="Steps">In how many of them the text was longer than in the one before.</param>
/// <param name="FirstText">When the first text was there.</param>
internal sealed record GrowthLog(int Frames, int Steps, DateTimeOffset FirstText)
{
    // Looks at the start of each frame, so that a text counts only from the frame after the one that wrote it.
    private const string Script = """
        const seen = [];
        const look = () => {
          requestAnimationFrame(look);
          const text = document.querySelector('.exchange:last-child .text');
          if (text) seen.push([text, Date.now(), text.textContent.length]);
        };
        requestAnimationFrame(look);
        window.growth = () => {
          const [text] = seen.at(-1);
          const frames = seen.filter(([of, , length]) => of === text && length > 0);
          const whole = frames.findIndex(([, , length]) => length === text.textContent.length);
          const steps = frames.filter(([, , length], i) => i === 0 || length > frames[i - 1][2]);
          return [whole + 1, steps.length, frames[0][1]];
        };
        """;

    /// <summary>Begins to look; before the page is opened. A script of the test's own, so the page's policy does not forbid it.</summary>
    public static Task WatchAsync(IPage page) => page.AddInitScriptAsync(Script);

    public static async Task<GrowthLog> ReadAsync(IPage page)
    {
        var seen = await page.EvaluateAsync<double[]>("() => window.growth()");
        return new GrowthLog((int)seen[0], (int)seen[1], DateTimeOffset.FromUnixTimeMilliseconds((long)seen[2]));
    }
}
