using Tokenfall.Tests.Processes;

namespace Tokenfall.Server.Tests.Support;

/// <summary>The real program, and its first account in a browser.</summary>
internal sealed class SignedInServer : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _browser;

    private SignedInServer(ChildProcess process, HttpClient browser) => (_process, _browser) = (process, browser);

    public static async Task<SignedInServer> StartAsync(ServerFolder folder, Dictionary<string, string> settings)
    {
        var (process, address) = await folder.ListenAsync(settings, "--urls", ServerFolder.AnyPort);
        var server = new SignedInServer(process, new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address });
        await server.SendAsync(HttpMethod.Post, "/account/sign-in", new { email = TestApp.Email, password = TestApp.Password });
        return server;
    }

    public async Task ImportAsync(string conversation, string text = "kept elsewhere") =>
        await SendAsync(HttpMethod.Put, $"/conversations/{conversation}", new { messages = new[] { new { role = "user", content = text }, new { role = "assistant", content = text } } });

    public Task<string> ReadAsync(string conversation) => _browser.GetStringAsync($"/conversations/{conversation}");

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _process.DisposeAsync();
    }

    private async Task SendAsync(HttpMethod method, string path, object body)
    {
        var session = await _browser.GetFromJsonAsync<JsonElement>("/account/session");
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-CSRF-TOKEN", session.GetProperty("csrfToken").GetString());
        (await _browser.SendAsync(request)).EnsureSuccessStatusCode().Dispose();
    }
}
