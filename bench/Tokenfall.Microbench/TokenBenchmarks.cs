using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Tokenfall.AspNetCore;

namespace Tokenfall.Microbench;

/// <summary>What one token costs in each piece between the model's bytes and the reader's, sockets left out. A run has 400 tokens.</summary>
[InProcess] // a project of BenchmarkDotNet's own would be built with this repository's rules
[MemoryDiagnoser]
public class TokenBenchmarks
{
    private const int Tokens = 400;

    private static readonly byte[] Token = Encoding.UTF8.GetBytes(" ipsum");

    private readonly AnthropicErrors _errors = new(new Uri("http://localhost"), "key");
    private readonly ArrayBufferWriter<byte> _response = new(1024);
    private readonly Run _run = NewRun();
    private byte[] _arrived = [];

    /// <summary>Makes the model's bytes, and a log that has them.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        const string Event = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" ipsum\"}}\n\n";
        _arrived = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Event, Tokens)));
        Fill(_run);
    }

    /// <summary>The model's bytes into a new log: parse and append, and the log's growth.</summary>
    [Benchmark(OperationsPerInvoke = Tokens)]
    public int Parse()
    {
        var run = NewRun();
        new MessageEventHandler(new RunWriter(run.Log, TimeProvider.System), _errors, null).Read(new SseEventReader(64 * 1024), _arrived);
        return run.Log.Count;
    }

    /// <summary>Text into a new log, and the log's growth.</summary>
    [Benchmark(OperationsPerInvoke = Tokens)]
    public int Append()
    {
        var run = NewRun();
        Fill(run);
        return run.Log.Count;
    }

    /// <summary>A finished log, read from its start: neighbouring tokens come as one frame.</summary>
    [Benchmark(OperationsPerInvoke = Tokens)]
    public int Read()
    {
        using var reader = _run.Read();
        var bytes = 0;
        while (reader.TryRead(out var frame)) bytes += frame.Payload.Length;
        return bytes;
    }

    /// <summary>A token as a frame on the wire.</summary>
    [Benchmark]
    public int Write()
    {
        _response.ResetWrittenCount();
        new TokenfallFormatter(_run, []).WriteFrame(_response, new RunFrame(EventKind.Text, 1, 1, Token));
        return _response.WrittenCount;
    }

    private static void Fill(Run run)
    {
        var writer = new RunWriter(run.Log, TimeProvider.System);
        for (var token = 0; token < Tokens; token++) writer.Text(Token);
    }

    private static Run NewRun() =>
        new(RunRecord.Of(new RunRequest(new NoSource(), new ModelRequest([], new()), "bench"), TimeProvider.System), DisconnectPolicy.Continue, new TokenfallOptions(), TimeProvider.System);

    private sealed class NoSource : IModelSource
    {
        public string? Model => null;

        public Task StreamAsync(ModelRequest request, RunWriter writer, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
