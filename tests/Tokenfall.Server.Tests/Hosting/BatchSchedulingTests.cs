namespace Tokenfall.Server.Tests.Hosting;

/// <summary>How Linux schedules the server's threads; docs/performance.md has what it is worth.</summary>
public sealed class BatchSchedulingTests
{
    private const string Normal = "0", Batch = "3";

    private static string Own => Threads(Environment.ProcessId).First().Policy;

    [Fact]
    public async Task StartedServer_ThreadsThatServeSockets_DoNotInterruptEachOther()
    {
        if (!OperatingSystem.IsLinux()) return;
        // One that was chosen for the tests is kept.
        Assert.Equal([Own == Normal ? Batch : Own], await PoliciesAsync([]));
    }

    [Fact]
    public async Task StartedServer_SchedulingNormal_LeavesThreadsAsTheyAre()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Equal([Own], await PoliciesAsync(new() { ["TOKENFALL_SCHEDULING"] = "normal" }));
    }

    // Of the thread that watches all sockets and of the pool's, which have nothing to inherit from but the main thread.
    private static async Task<string[]> PoliciesAsync(Dictionary<string, string> settings)
    {
        using var folder = new ServerFolder();
        var (server, address) = await folder.ListenAsync(new(settings) { ["Tokenfall__Model"] = "demo" }, "--urls", ServerFolder.AnyPort);
        await using var _ = server;
        using var client = new HttpClient { BaseAddress = address };
        await client.GetStringAsync("/healthz");
        var serving = Threads(server.Id).Where(thread => thread.Name is ".NET Sockets" or ".NET TP Worker").ToList();
        Assert.Contains(serving, thread => thread.Name == ".NET Sockets");
        Assert.Contains(serving, thread => thread.Name == ".NET TP Worker");
        return [.. serving.Select(thread => thread.Policy).Distinct()];
    }

    // /proc/PID/task/TID/stat (proc(5)): the name in parentheses; the policy is field 41, the 39th behind the name.
    private static IEnumerable<(string Name, string Policy)> Threads(int process)
    {
        foreach (var folder in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue; // the thread has ended
            }
            var (begin, end) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            yield return (stat[(begin + 1)..end], stat[(end + 2)..].Split(' ')[38]);
        }
    }
}
