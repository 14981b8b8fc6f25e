namespace Tokenfall.Integration.Tests.Support;

/// <summary>Many streams at one server, all in the middle of their answers.</summary>
internal static class LiveStreams
{
    public static Task<TokenfallProcess> StartServerAsync(ModelServer model, params (string, string)[] settings) => TokenfallProcess.StartAsync(
        model.Url, [("TOKENFALL_AUTH", "none"), ("Tokenfall__Limits__MaxRunsPerOwner", "100000"), .. settings]);

    public static HttpClient CreateClient(TokenfallProcess server) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };

    /// <summary>Opens so many streams with one script; returns once each has its first text.</summary>
    public static async Task<List<CheckedStream>> OpenAsync(HttpClient client, ModelServer model, ModelScript script, int count)
    {
        model.Script = script;
        var streams = Enumerable.Range(0, count).Select(_ => new CheckedStream(script)).ToList();
        await Parallel.ForEachAsync(streams, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (stream, _) => await stream.OpenAsync(client));
        return streams;
    }
}
