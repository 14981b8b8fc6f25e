using System.Net.Http.Json;
using System.Text.Json;
using Tokenfall.Tests.Processes;

namespace Tokenfall.Tests.Product;

/// <summary>The server as it is shipped, in a process of its own, on a free port of 127.0.0.1, until disposed.</summary>
internal sealed class TokenfallProcess : IAsyncDisposable
{
    public const string Email = "ada@example.com";
    public const string Password = "correct horse battery";

    // Against a hang only.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly ServerFolder _folder = new();
    private readonly Dictionary<string, string> _settings;
    private string _logBefore = "";
    private ChildProcess _process = null!;

    private TokenfallProcess(Dictionary<string, string> settings) => _settings = settings;

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What it wrote so far, to both streams.</summary>
    public string Log => _logBefore + _process.Output;

    /// <summary>Starts the server and returns once it listens.</summary>
    /// <param name="model">The model API to ask.</param>
    /// <param name="settings">Further environment variables.</param>
    public static async Task<TokenfallProcess> StartAsync(Uri model, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["ANTHROPIC_API_KEY"] = "test-key",
            ["ANTHROPIC_BASE_URL"] = model.ToString(),
            ["Tokenfall__FirstAccount__Email"] = Email,
            ["Tokenfall__FirstAccount__Password"] = Password,
            ["Tokenfall__StartsPerMinute"] = "100000", // tests are quicker than people
        };
        foreach (var (name, value) in settings)
            environment[name] = value;

        var server = new TokenfallProcess(environment);
        try
        {
            await server.ListenAsync(ServerFolder.AnyPort);
            return server;
        }
        catch
        {
            server._folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes an API key, as the page does.</summary>
    public async Task<string> AddKeyAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
        await PostAsync("/account/sign-in", new { email = Email, password = Password });
        return (await PostAsync("/account/keys", new { name = "test" })).GetProperty("key").GetString()!;

        async Task<JsonElement> PostAsync(string path, object body)
        {
            var session = await client.GetFromJsonAsync<JsonElement>("/account/session");
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("X-CSRF-TOKEN", session.GetProperty("csrfToken").GetString());
            using var response = (await client.SendAsync(request)).EnsureSuccessStatusCode();
            return path.EndsWith("/keys", StringComparison.Ordinal) ? await response.Content.ReadFromJsonAsync<JsonElement>() : default;
        }
    }

    /// <summary>Completes once it has written these words, now or earlier.</summary>
    public Task SaysAsync(string words) => _process.LineAsync(line => line.Contains(words, StringComparison.Ordinal), Limit);

    /// <inheritdoc cref="ChildProcess.SignalAsync"/>
    public Task SignalAsync(string name) => _process.SignalAsync(name);

    /// <summary>Kills the process, and starts it again with the same address and data: a crash, and a service manager that notices.</summary>
    public async Task RestartAsync()
    {
        await SignalAsync("KILL");
        await _process.Exited;
        _logBefore = Log;
        await _process.DisposeAsync();
        await ListenAsync(Address.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still runs.</exception>
    public Task<int> ExitAsync(TimeSpan timeLimit) => _process.Exited.WaitAsync(timeLimit);

    /// <summary>Ends the process as a service manager would, and removes its data.</summary>
    /// <exception cref="TimeoutException">It did not end by itself; it was killed.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _process.DisposeAsync();
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private async Task ListenAsync(string url) => (_process, Address) = await _folder.ListenAsync(_settings, "--urls", url);
}
