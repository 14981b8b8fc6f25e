namespace Tokenfall.Server.Tests.Commands;

/// <summary>Backups and erasure with the real program, beside a server that is running.</summary>
public class BackupCommandTests
{
    private static readonly Dictionary<string, string> Demo = new()
    {
        ["Tokenfall__Model"] = "demo",
        ["Tokenfall__FirstAccount__Email"] = TestApp.Email,
        ["Tokenfall__FirstAccount__Password"] = TestApp.Password,
    };

    [Fact]
    public async Task Backup_OfARunningServer_IsRestoredByPointingAtIt()
    {
        using var folder = new ServerFolder();
        var copy = Path.Combine(folder.Path, "copy");
        var conversation = RunId.New().ToString();
        await using (var server = await SignedInServer.StartAsync(folder, Demo))
        {
            await server.ImportAsync(conversation);
            Assert.Contains("was copied", await folder.DoneAsync("", "backup", copy), StringComparison.Ordinal);
            Assert.Contains("not empty", (await folder.RunAsync([], "", "backup", copy)).Output, StringComparison.Ordinal);
        }

        await using var restored = await SignedInServer.StartAsync(folder, new(Demo) { ["Tokenfall__Data"] = copy });

        Assert.Contains("kept elsewhere", await restored.ReadAsync(conversation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_BesideARunningServer_SaysWhatItDeleted_AndLeavesNothing()
    {
        using var folder = new ServerFolder();
        var secret = $"secret{Guid.NewGuid():N}";
        await using (var server = await SignedInServer.StartAsync(folder, Demo))
        {
            await server.ImportAsync(RunId.New().ToString(), secret);

            var said = await folder.DoneAsync("", "account", "erase", TestApp.Email);

            Assert.Contains("0 keys, 1 conversation with 2 messages, 0 runs", said, StringComparison.Ordinal);
        }
        // What is deleted is overwritten, and the log of writes is gone with the server's last connection.
        foreach (var file in Directory.EnumerateFiles(folder.Data).Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
            Assert.Equal(-1, (await SharedFile.ReadAsync(file)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)));
    }
}
