namespace Tokenfall.Bench.Measure;

/// <summary>Finds the highest step that holds with few attempts: first in strides from a guess, then by bisection.</summary>
internal static class StepSearch
{
    /// <param name="steps">How many steps there are, numbered from 0.</param>
    /// <param name="first">The step to try first.</param>
    /// <param name="stride">How far to go from there; 1 where <paramref name="first"/> is a good guess.</param>
    /// <param name="holds">Tries a step. Steps above one that does not hold are not tried.</param>
    /// <returns>The highest step that held; -1 when none did.</returns>
    public static async Task<int> HighestAsync(int steps, int first, int stride, Func<int, Task<bool>> holds)
    {
        var (held, failed) = (-1, steps);
        for (var step = first; failed - held > 1;)
        {
            if (await holds(step)) held = step;
            else failed = step;
            if (held < 0) step = Math.Max(0, failed - stride);
            else if (failed == steps) step = Math.Min(steps - 1, held + stride);
            else step = (held + failed) / 2;
        }
        return held;
    }
}
