using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Tokenfall.Tests;

/// <summary>The source under test with a run manager in front and a scripted provider behind.</summary>
internal sealed class Model : IDisposable
{
    public const string Key = "sk-ant-api03-do-not-tell";

    private readonly AnthropicSource _source;
    private readonly RunManager _runs;

    public Model(HttpMessageHandler? handler, TimeProvider? time = null, Action<AnthropicOptions>? configure = null)
    {
        var options = new AnthropicOptions { ApiKey = Key };
        if (handler is not null) options.CreateHandler = () => handler;
        configure?.Invoke(options);
        _source = new AnthropicSource(Options.Create(options), time ?? TimeProvider.System);
        _runs = new RunManager(Options.Create(Plain), time ?? TimeProvider.System, Log);
    }

    // One attempt and no limit: what is tested is the source, not what stands around it.
    private static TokenfallOptions Plain => new() { Limits = { MaxRunsPerOwner = int.MaxValue }, Upstream = { MaxAttempts = 1 } };

    public FakeLogger<RunManager> Log { get; } = new();

    public static ModelRequest Request { get; } = Asks("Say é.");

    public static ModelRequest Asks(string text) => new([new ChatMessage(ChatRole.User, text)], new ChatOptions { MaxOutputTokens = 2048 });

    public static Task<Answer> AnswerAsync(byte[] stream) => AnswerAsync(() => new ScriptedBody(stream));

    public static Task<Answer> AnswerAsync(Func<Stream> body) => RespondAsync(() => ScriptedHandler.Response(200, body()));

    public static async Task<Answer> RespondAsync(Func<HttpResponseMessage> response, TimeProvider? time = null)
    {
        using var handler = new ScriptedHandler(response);
        using var model = new Model(handler, time);
        return await model.AskAsync();
    }

    public async Task<Answer> AskAsync(ModelRequest? request = null)
    {
        var (run, witness) = await StartAsync(request);
        await run.Ended;
        return AnswerOf(run, witness);
    }

    public static Answer AnswerOf(Run run, Witness witness) => Answer.Of(run, witness.Failure, run.Log.ToSegment(run.Id, after: 0));

    public async Task<(Run Run, Witness Witness)> StartAsync(ModelRequest? request = null)
    {
        var witness = new Witness(_source);
        return (await _runs.StartAsync(new RunRequest(witness, request ?? Request, "anyone")), witness);
    }

    public void Dispose() => _source.Dispose();
}
