namespace Tokenfall.Server.Tests.Accounts;

/// <summary>Someone who calls, and how they would sign in.</summary>
internal sealed record AccessCaller(HttpClient Client, string Email, string Password);

/// <summary>A request to each endpoint, for something of the owner's that is new for each request that may end it.</summary>
internal sealed class AccessRequests(HttpClient owner, HeldSource model)
{
    private const string Probe = "owners-own-probe";

    /// <returns>The request; null for an endpoint that has none here.</returns>
    public async Task<HttpRequestMessage?> CreateAsync(string endpoint, AccessCaller caller) => endpoint switch
    {
        "GET /healthz" or "GET /readyz" or "GET /account/session" or "GET /account/keys" or "POST /account/sign-out" or "GET /ask/stream" => Request(endpoint),
        "GET /ask/stream/probe" or "POST /ask/stream/probe" => Request(endpoint + "?count=0"),
        "GET /ask/stream/probe/{probe}" => Request("GET " + await ProbeAsync()),
        "POST /account/sign-in" => Request(endpoint, new { email = caller.Email, password = caller.Password }),
        "POST /account/keys" => Request(endpoint, new { name = "one more" }),
        "DELETE /account/keys/{id:int}" => Request($"DELETE /account/keys/{(await owner.AddKeyAsync()).Id}"),
        "POST /ask/stream" => Request(endpoint, new { prompt = "Hello" }),
        "POST /ask/stream, resumed" => Resumed(await RunAsync()),
        "GET /ask/stream/{run}" or "DELETE /ask/stream/{run}" => Request($"{endpoint.Split(' ')[0]} {await RunAsync()}"),
        "DELETE /ask/stream/{run}/readers/{reader}" => Request($"DELETE {await RunAsync()}/readers/nobody"),
        "GET /conversations" or "DELETE /conversations" => Request(endpoint),
        "GET /conversations/{conversation}" or "DELETE /conversations/{conversation}" => Request($"{endpoint.Split(' ')[0]} {await ConversationAsync()}"),
        "GET /conversations/{conversation}/export" => Request($"GET {await ConversationAsync()}/export"),
        "PATCH /conversations/{conversation}" => Request($"PATCH {await ConversationAsync()}", new { title = "Another" }),
        "PUT /conversations/{conversation}" => Request($"PUT {await ConversationAsync()}", Kept),
        _ => null,
    };

    private static object Kept => new { messages = new[] { new { role = "user", content = "Hello" } } };

    private static HttpRequestMessage Request(string line, object? body = null)
    {
        var parts = line.Split(' ', 2);
        return new(new HttpMethod(parts[0]), parts[1]) { Content = body is null ? null : JsonContent.Create(body) };
    }

    private static HttpRequestMessage Resumed(string run)
    {
        var request = Request("POST /ask/stream", new { prompt = "Hello" });
        request.Headers.Add("Last-Event-ID", $"{run.Split('/')[^1]}.1");
        return request;
    }

    private async Task<string> RunAsync()
    {
        using var answer = await OpenAnswer.AskAsync(owner, model);
        return answer.Stream.Location;
    }

    private async Task<string> ConversationAsync()
    {
        var path = $"/conversations/{RunId.New()}";
        using var stored = await owner.PutAsJsonAsync(path, Kept);
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        return path;
    }

    private async Task<string> ProbeAsync()
    {
        using var probed = await owner.GetAsync($"/ask/stream/probe?count=0&id={Probe}");
        Assert.Equal(HttpStatusCode.OK, probed.StatusCode);
        return $"/ask/stream/probe/{Probe}";
    }
}
