namespace Tokenfall.Testing.Tests.Support;

/// <summary>Both ways to reach a server; a behaviour that clients can see has to be the same over both.</summary>
public static class Transport
{
    public static TheoryData<string> All => ["tcp", "memory"];

    internal static Task<ModelServer> StartAsync(string transport, ModelServerOptions? options = null) =>
        transport == "tcp" ? ModelServer.StartAsync(options) : ModelServer.StartInMemoryAsync(options);
}
