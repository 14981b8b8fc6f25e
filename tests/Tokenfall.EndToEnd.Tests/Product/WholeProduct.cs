using System.Net;
using System.Net.Http.Headers;
using Tokenfall.EndToEnd.Tests.Nginx;
using Tokenfall.Tests.Product;
using Tokenfall.Tests.Proxies;

namespace Tokenfall.EndToEnd.Tests.Product;

/// <summary>The whole path: a model API, the server as a process, and nginx before it. One for all tests of a collection.</summary>
public class WholeProduct : IAsyncLifetime
{
    private readonly TimeProvider _modelTime;
    private TokenfallProcess _server = null!;
    private NginxServer _nginx = null!;
    private string _key = "";

    private readonly (string, string)[] _settings;

    // Tests leave in the middle, and nobody comes back.
    public WholeProduct() : this(TimeProvider.System) { }

    private protected WholeProduct(TimeProvider modelTime) : this(modelTime, ("Tokenfall__Disconnect", "Stop")) { }

    private protected WholeProduct(TimeProvider modelTime, params (string, string)[] settings) => (_modelTime, _settings) = (modelTime, settings);

    public ModelServer Model { get; private set; } = null!;

    /// <summary>What server and nginx have said; for a test that failed.</summary>
    public string Log => $"{_server.Log}\n{_nginx.Log}";

    public async Task InitializeAsync()
    {
        Model = await ModelServer.StartAsync(new() { TimeProvider = _modelTime });
        _server = await TokenfallProcess.StartAsync(Model.Url, [("Tokenfall__Limits__MaxRunsPerOwner", "100000"), .. _settings]);
        _nginx = await NginxServer.StartAsync(_server.Address);
        _key = await _server.AddKeyAsync();
    }

    public async Task DisposeAsync()
    {
        // From the front to the back, so that nobody waits for a connection that another one holds.
        if (_nginx is not null) await _nginx.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        if (Model is not null) await Model.DisposeAsync();
    }

    /// <summary>Ends the server as a crash does, and starts it again: runs are lost, accounts and sign-ins are not.</summary>
    public Task RestartServerAsync() => _server.RestartAsync();

    /// <summary>Ends nginx, with every connection through it.</summary>
    public Task StopProxyAsync() => _nginx.StopAsync();

    /// <summary>Starts nginx again, at the same address.</summary>
    public Task StartProxyAsync() => _nginx.StartAgainAsync();

    public Uri AddressFor(Route route) => route switch
    {
        Route.Direct => _server.Address,
        Route.Nginx => _nginx.Http,
        _ => _nginx.Https,
    };

    /// <summary>A program: no cookies, an API key. Over TLS it speaks HTTP/2, as browsers do.</summary>
    public HttpClient CreateProgram(Route route)
    {
        var client = ExactClient.To(AddressFor(route), route is Route.NginxTls ? HttpVersion.Version20 : HttpVersion.Version11);
        client.DefaultRequestHeaders.Authorization = Authorization;
        return client;
    }

    public AuthenticationHeaderValue Authorization => new("Bearer", _key);
}
