using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Tokenfall.Server.Tests.Accounts;

/// <summary>
/// Who gets what from every endpoint that the server maps. A new endpoint, or a status that has changed, makes the lists differ: decide
/// what each caller should get, write it into the table, and give the endpoint a request in <see cref="AccessRequests"/>.
/// </summary>
public sealed class AccessTableTests : IAsyncDisposable
{
    // All runs, keys and probes in the addresses are the owner's. "key" and everything to the right of it has been made for the owner's
    // account, or for one that is gone now; "cookie" is one saved before a sign-out. The last two rows end sessions, so they come last.
    private const string Table = """
        endpoint                                  anonymous other owner key revoked-key cookie disabled disabled-key removed removed-key
        GET /healthz                                    200   200   200 200         200    200      200          200     200         200
        GET /readyz                                     200   200   200 200         200    200      200          200     200         200
        GET /account/session                            200   200   200 200         200    200      200          200     200         200
        GET /account/keys                               401   200   200 401         401    401      401          401     401         401
        POST /account/keys                              401   201   201 401         401    401      401          401     401         401
        DELETE /account/keys/{id:int}                   401   404   204 401         401    401      401          401     401         401
        GET /ask/stream                                 405   405   405 405         405    405      405          405     405         405
        GET /ask/stream/probe                           401   200   200 200         401    401      401          401     401         401
        GET /ask/stream/probe/{probe}                   401   404   200 200         401    401      401          401     401         401
        GET /ask/stream/{run}                           401   404   200 200         401    401      401          401     401         401
        POST /ask/stream                                401   200   200 200         401    401      401          401     401         401
        POST /ask/stream, resumed                       401   404   200 200         401    401      401          401     401         401
        POST /ask/stream/probe                          401   200   200 200         401    401      401          401     401         401
        DELETE /ask/stream/{run}/readers/{reader}       401   404   204 204         401    401      401          401     401         401
        DELETE /ask/stream/{run}                        401   404   202 202         401    401      401          401     401         401
        GET /conversations                              401   200   200 200         401    401      401          401     401         401
        GET /conversations/{conversation}               401   404   200 200         401    401      401          401     401         401
        GET /conversations/{conversation}/export        401   404   200 200         401    401      401          401     401         401
        PUT /conversations/{conversation}               401   409   200 200         401    401      401          401     401         401
        PATCH /conversations/{conversation}             401   404   204 204         401    401      401          401     401         401
        DELETE /conversations/{conversation}            401   404   204 204         401    401      401          401     401         401
        DELETE /conversations                           401   204   204 204         401    401      401          401     401         401
        POST /account/sign-in                           204   204   204 400         400    204      401          400     401         400
        POST /account/sign-out                          200   200   200 400         400    200      200          400     200         400
        """;

    private readonly TestApp _app;
    private readonly HeldSource _model = new();
    private readonly List<HttpClient> _clients = [];

    public AccessTableTests()
    {
        _app = new()
        {
            Setup = services => services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1).AddSingleton<IModelSource>(_model),
        };
        _app.Settings["Tokenfall:Limits:MaxRunsPerOwner"] = "100";
        _app.Settings["Tokenfall:SignInsPerMinute"] = _app.Settings["Tokenfall:StartsPerMinute"] = "1000";
        _app.Settings["Tokenfall:DrainTime"] = "00:00:00.001";
    }

    [Fact]
    public async Task EveryEndpoint_ForEveryCaller_AnswersAsTheTableSays()
    {
        var expected = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var callers = await CallersAsync();
        var requests = new AccessRequests(callers["owner"].Client, _model);
        Assert.Equal(expected[0][1..], callers.Keys);
        var endpoints = Endpoints();

        List<string> actual = [Table.Split('\n')[0]];
        // In the order of the table; what it does not have comes last.
        foreach (var endpoint in expected[1..].Select(row => string.Join(' ', row[..^callers.Count])).Where(endpoints.Contains).Concat(endpoints).Distinct().ToList())
        {
            var row = endpoint.PadRight(Table.IndexOf("anonymous", StringComparison.Ordinal) - 1);
            foreach (var (name, caller) in callers) row += ' ' + (await StatusAsync(requests, endpoint, caller)).PadLeft(name.Length);
            actual.Add(row);
        }

        var differences = Table.Split('\n').Except(actual).Select(row => $"table   {row}").Concat(actual.Except(Table.Split('\n')).Select(row => $"server  {row}"));
        Assert.Equal("", string.Join('\n', differences));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<string> StatusAsync(AccessRequests requests, string endpoint, AccessCaller caller)
    {
        // A token belongs to whoever is signed in just then. Programs need none.
        if (caller.Client.DefaultRequestHeaders.Authorization is null) await TestApp.RefreshTokenAsync(caller.Client);
        if (await requests.CreateAsync(endpoint, caller) is not { } request) return "?";
        using (request)
        {
            using var response = await caller.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What the server has mapped. The second of two endpoints with the same address is for reading on.</summary>
    private List<string> Endpoints()
    {
        List<string> names = [];
        foreach (var endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var name = $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}";
                names.Add(names.Contains(name) ? name + ", resumed" : name);
            }
        }
        return names;
    }

    private async Task<Dictionary<string, AccessCaller>> CallersAsync()
    {
        var owner = await SignedInAsync(TestApp.Email, TestApp.Password);
        var (revoked, secret) = await owner.AddKeyAsync();
        var callers = new Dictionary<string, AccessCaller>
        {
            ["anonymous"] = new(Keep(await _app.BrowserAsync()), TestApp.Email, TestApp.Password),
            ["other"] = await NewAsync("other@example.com"),
            ["owner"] = new(owner, TestApp.Email, TestApp.Password),
            ["key"] = Program((await owner.AddKeyAsync()).Secret),
            ["revoked-key"] = Program(secret),
        };
        (await owner.DeleteAsync($"/account/keys/{revoked}")).EnsureSuccessStatusCode();
        callers["cookie"] = await SignedOutAsync();
        var disabled = callers["disabled"] = await NewAsync("disabled@example.com");
        callers["disabled-key"] = Program((await disabled.Client.AddKeyAsync()).Secret);
        var removed = callers["removed"] = await NewAsync("removed@example.com");
        callers["removed-key"] = Program((await removed.Client.AddKeyAsync()).Secret);

        await _app.AccountsAsync(async accounts => await accounts.SetLockoutEndDateAsync((await accounts.FindByEmailAsync(disabled.Email))!, DateTimeOffset.MaxValue));
        await _app.AccountsAsync(async accounts => await accounts.DeleteAsync((await accounts.FindByEmailAsync(removed.Email))!));
        return callers;
    }

    private async Task<AccessCaller> NewAsync(string email)
    {
        await _app.AccountsAsync(accounts => accounts.CreateAsync(new IdentityUser(email) { Email = email }, "another password"));
        return new(await SignedInAsync(email, "another password"), email, "another password");
    }

    /// <summary>Sends the cookies that it had before it signed out.</summary>
    private async Task<AccessCaller> SignedOutAsync()
    {
        var cookies = new CookieContainer();
        using var browser = await _app.SignedInAsync(cookies);
        var replay = Keep(_app.Replay(cookies));
        (await browser.PostAsync("/account/sign-out", null)).EnsureSuccessStatusCode();
        return new(replay, TestApp.Email, TestApp.Password);
    }

    private async Task<HttpClient> SignedInAsync(string email, string password) => Keep(await _app.SignedInAsync(email, password));

    private AccessCaller Program(string key) => new(Keep(_app.Program(key)), TestApp.Email, TestApp.Password);

    private HttpClient Keep(HttpClient client)
    {
        _clients.Add(client);
        return client;
    }
}
