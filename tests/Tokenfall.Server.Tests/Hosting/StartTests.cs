using System.Net.Sockets;

namespace Tokenfall.Server.Tests.Hosting;

/// <summary>What a person at the console sees, from the real program.</summary>
public class StartTests
{
    [Fact]
    public async Task Start_InDevelopmentWithoutAnything_ServesTheDemoAndSaysHowToSignIn()
    {
        using var folder = new ServerFolder();
        var (server, address) = await folder.ListenAsync(Development(), "--urls", ServerFolder.AnyPort);
        await using var _ = server;
        using var client = new HttpClient { BaseAddress = address };
        Assert.Contains("Model: demo", server.Output, StringComparison.Ordinal);
        Assert.Contains("Sign in: demo@localhost, password ", server.Output, StringComparison.Ordinal);
        Assert.Equal("Healthy", await client.GetStringAsync("/readyz"));
        Assert.Contains("Tokenfall", await client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAKey_NamesTheModel()
    {
        using var folder = new ServerFolder();
        var settings = new Dictionary<string, string>(Development()) { ["ANTHROPIC_API_KEY"] = "a-key", ["ANTHROPIC_MODEL"] = "claude-test" };
        await using var server = (await folder.ListenAsync(settings, "--urls", ServerFolder.AnyPort)).Process;

        Assert.Contains("Model: claude-test (Anthropic)", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TheSecondTime_ShowsTheSamePassword()
    {
        using var folder = new ServerFolder();
        Assert.Equal(await PasswordLineAsync(folder), await PasswordLineAsync(folder));
    }

    [Fact]
    public async Task Start_AfterThePasswordWasChanged_ShowsNone()
    {
        using var folder = new ServerFolder();
        await PasswordLineAsync(folder);
        var (code, output) = await folder.RunAsync(Development(), "a password of my own\n", "account", "password", "demo@localhost");
        Assert.True(code == 0, output);

        await using var server = (await folder.ListenAsync(Development(), "--urls", ServerFolder.AnyPort)).Process;
        Assert.DoesNotContain("password", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataFolder_IsTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new ServerFolder();
        await PasswordLineAsync(folder);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Data));
        foreach (var name in (string[])["tokenfall.db", "demo-password"])
            Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(folder.Data, name)));
    }

    [Fact]
    public async Task Start_PortInUse_OneLineSaysHowToChooseAnother()
    {
        using var folder = new ServerFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, output) = await folder.RunAsync(Development(), "", "--urls", $"http://127.0.0.1:{port}");
        Assert.Equal(1, code);
        Assert.Equal(
            $"Port {port} is in use. Choose another: dotnet run --project src/Tokenfall.Server -- --urls http://localhost:{port + 1}", output.Trim());
    }

    [Fact]
    public async Task Start_LocalhostPortInUse_OneLineSaysHowToChooseAnother()
    {
        using var folder = new ServerFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, output) = await folder.RunAsync(Development(), "", "--urls", $"http://localhost:{port}");
        Assert.Equal(1, code);
        Assert.StartsWith($"Port {port} is in use.", output.Trim(), StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("http://localhost:0", "Dynamic port binding is not supported")]
    [InlineData("http://unix:/no/such/folder/socket", "The server cannot listen on")]
    public async Task Start_EndpointThatCannotBeSetUp_IsRefusedInWords(string address, string words)
    {
        using var folder = new ServerFolder();
        var (code, output) = await folder.RunAsync(Development(), "", "--urls", address);
        Assert.Equal(1, code);
        Assert.StartsWith(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:9")]
    [InlineData("http://10.99.99.99:8000")]
    [InlineData("http://localhost:99999")]
    public async Task Start_AddressThatCannotBeListenedOn_OneLineNamesIt(string address)
    {
        using var folder = new ServerFolder();
        var (code, output) = await folder.RunAsync(Development(), "", "--urls", address);
        Assert.Equal(1, code);
        Assert.StartsWith("The server cannot listen on " + address, output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("Tokenfall__Model", "", "There is no model to ask: set ANTHROPIC_API_KEY")]
    [InlineData("Tokenfall__Model", "gpt", "Tokenfall:Model is \"gpt\". Choose anthropic or demo.")]
    [InlineData("Tokenfall__Model", "anthropic", "Tokenfall:Model is anthropic, but there is no API key")]
    [InlineData("TOKENFALL_AUTH", "off", "TOKENFALL_AUTH is \"off\"")]
    [InlineData("TOKENFALL_SCHEDULING", "idle", "TOKENFALL_SCHEDULING is \"idle\". Set it to normal")]
    [InlineData("Tokenfall__Proxies__0", "my-proxy", "Tokenfall:Proxies has \"my-proxy\"")]
    [InlineData("Tokenfall__FirstAccount__Email", "ada@example.com", "Tokenfall:FirstAccount needs both Email and Password")]
    [InlineData("Tokenfall__Data", "/dev/null/data", "The data folder /dev/null/data cannot be used")]
    [InlineData("Tokenfall__Data", "/tmp", "shared with other users")]
    [InlineData("Tokenfall__MaxPromptLength", "0", "MaxPromptLength")]
    [InlineData("Tokenfall__Grace", "soon", "Tokenfall:Grace")]
    [InlineData("Tokenfall__Grace", "99999999999", "Tokenfall:Grace")]
    [InlineData("Kestrel__Limits__KeepAliveTimeout", "00:00", "Kestrel:Limits:KeepAliveTimeout is \"00:00\"")]
    public async Task Start_SettingThatCannotBeMeant_IsRefusedInWords(string name, string value, string words)
    {
        using var folder = new ServerFolder();
        var settings = new Dictionary<string, string> { ["Tokenfall__Model"] = "demo", ["ASPNETCORE_URLS"] = ServerFolder.AnyPort, [name] = value };
        if (name == "Tokenfall__Model" && value.Length == 0) settings.Remove(name);
        var (code, output) = await folder.RunAsync(settings, "");
        Assert.Equal(1, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OutsideDevelopmentWithoutAccounts_SaysHowToMakeOne()
    {
        using var folder = new ServerFolder();
        await using var server = (await folder.ListenAsync(new() { ["Tokenfall__Model"] = "demo" }, "--urls", ServerFolder.AnyPort)).Process;
        Assert.Contains("-- account add you@example.com", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("demo@localhost", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingsOnTheCommandLine_Hold()
    {
        using var folder = new ServerFolder();
        var (server, address) = await folder.ListenAsync(
            [], $"--urls={ServerFolder.AnyPort}", "--environment", "Development", "--Tokenfall:MaxPromptLength=3", "--TOKENFALL_AUTH", "none");
        await using var _ = server;
        using var client = new HttpClient { BaseAddress = address };

        using var answer = await client.PostAsJsonAsync("/ask/stream", new { prompt = "four" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("prompt_too_long", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenfall.db", "is damaged. Restore it from a backup")]
    [InlineData("keys/key-a.xml", "cannot be used")]
    public async Task Start_FileOfTheDataFolderDamaged_OneLineSaysWhatToDo(string file, string words)
    {
        using var folder = new ServerFolder();
        var path = Path.Combine(folder.Data, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "not what it should be\n" + new string('x', 8192));

        var (code, output) = await folder.RunAsync(Development(), "", "--urls", ServerFolder.AnyPort);

        Assert.Equal(1, code);
        Assert.Contains(words, Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(4096)]
    public async Task Start_DatabaseThatWasCutShort_OneLineSaysWhatToDo(int length)
    {
        using var folder = new ServerFolder();
        await folder.DoneAsync("correct horse battery\n", "account", "add", "ada@example.com");
        await using (var file = new FileStream(Path.Combine(folder.Data, "tokenfall.db"), FileMode.Open)) file.SetLength(length);

        var (code, output) = await folder.RunAsync(new() { ["Tokenfall__Model"] = "demo" }, "", "--urls", ServerFolder.AnyPort);

        Assert.Equal(1, code);
        Assert.Contains("is damaged. Restore it from a backup", Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataFolderOfARunningServer_OneLineSaysWhatToDo()
    {
        using var folder = new ServerFolder();
        await using var first = (await folder.ListenAsync(Development(), "--urls", ServerFolder.AnyPort)).Process;

        var (code, output) = await folder.RunAsync(Development(), "", "--urls", ServerFolder.AnyPort);

        Assert.Equal(1, code);
        Assert.Equal(
            $"Another server uses the data folder {folder.Data}. Stop it, or give this one a folder of its own with Tokenfall:Data.", output.Trim());
    }

    private static Dictionary<string, string> Development() => new() { ["ASPNETCORE_ENVIRONMENT"] = "Development" };

    private static async Task<string> PasswordLineAsync(ServerFolder folder)
    {
        await using var server = (await folder.ListenAsync(Development(), "--urls", ServerFolder.AnyPort)).Process;
        return server.Output.Split('\n').Single(line => line.Contains("password", StringComparison.Ordinal));
    }
}
