using System.Diagnostics;
using System.Globalization;
using Tokenfall.Bench.Load;
using Tokenfall.Bench.Measure;
using Tokenfall.Bench.Reports;
using Tokenfall.Bench.Serve;
using Tokenfall.Load;

namespace Tokenfall.Bench.Compare;

/// <summary>Processor time of a contender per token that it delivers, under a steady load.</summary>
/// <param name="streams">How many streams are open.</param>
/// <param name="allCores">
/// Whether it may use every core, as most servers may. A runtime that sees one core only does not let its threads spin, and so looks
/// cheaper than it is.
/// </param>
/// <param name="tls">What the model speaks inside of TLS, and that only; null for HTTP/1.1 without TLS.</param>
internal sealed class CpuComparison(int streams, bool allCores = false, TlsProtocol? tls = null) : IComparison
{
    private const int TokensPerSecond = 20;
    private const int Many = 1_000;

    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.5);

    // A runtime compiles hot code beside the streams: the fewer they are, the longer it takes, and the greater its share of the figure.
    private readonly TimeSpan _warmUp = TimeSpan.FromSeconds(streams < Many ? 6 : 3);

    public string Name => string.Create(CultureInfo.InvariantCulture, $"cpu-{streams}{(allCores ? "-all" : "")}{Suffix}");

    public string Title => string.Create(CultureInfo.InvariantCulture, $"CPU per delta, {streams:N0} streams x {TokensPerSecond} tokens/s{Where}");

    public string Headline => "CPU per delta";

    private string Suffix => tls switch { null => "", TlsProtocol.Http1 => "-tls", _ => "-h2" };

    private string Where => tls switch
    {
        null => allCores ? ", every core open to the contender" : "",
        TlsProtocol.Http1 => ", the model over TLS with HTTP/1.1",
        _ => ", the model over TLS with HTTP/2",
    };

    public bool AppliesTo(Contender contender) => contender switch
    {
        DirectContender => false,
        { Name: Contenders.Tokenfall } => true,
        _ => tls is null && (!allCores || Contenders.Relays.Contains(contender.Name)),
    };

    public async Task<Result> MeasureAsync(Contender contender, CompareOptions options)
    {
        var watch = TimeSpan.FromSeconds(options.Quick ? 3 : 5);
        var tokens = (int)((Ramp + _warmUp + watch + Slack).TotalSeconds * TokensPerSecond);
        FileLimit.Require(2 * streams);
        var result = new Result();
        using var certificate = tls is null ? null : new CertificateFile();
        await using var model = await ChildServer.StartAsync(tls is { } wire
            ? TlsModel.Arguments(wire, tokens, TokensPerSecond, certificate!.Path)
            : NumbersModel.Stamped(tokens, TokensPerSecond));
        await using var server = await ContenderProcess.StartAsync(contender, model.Url, allCores, trusts: certificate?.Path);
        await using var load = new TokenLoad(server.EndPoint, contender.Request, tokens);
        await load.OpenAsync(streams, Ramp);
        await Task.Delay(_warmUp, TimeProvider.System);

        var (cpu, others, delivered, began) = (server.Cpu, model.CpuWithReaders, load.Tokens, Stopwatch.GetTimestamp());
        await Task.Delay(watch, TimeProvider.System);
        var (used, busy, deltas, took) = (server.Cpu - cpu, model.CpuWithReaders - others, load.Tokens - delivered, Stopwatch.GetElapsedTime(began));

        result.Add(Headline, used.TotalMicroseconds / Math.Max(1, deltas), "µs");
        result.Add("deltas per second", deltas / took.TotalSeconds, "1/s");
        result.Add(allCores ? "of a core" : "its core", 100 * used / took, "%");
        result.Add("load's core", 100 * busy / took, "%");
        await load.FinishAsync(deltas / took.TotalSeconds, streams * TokensPerSecond, busy / took, result);
        return result;
    }
}
