namespace Tokenfall.Server.Tests.Support;

internal static class CommandRuns
{
    /// <summary>Runs a command that has to succeed.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> DoneAsync(this ServerFolder folder, string input, params string[] args)
    {
        var (code, output) = await folder.RunAsync([], input, args);
        Assert.True(code == 0, output);
        return output.Trim();
    }
}
