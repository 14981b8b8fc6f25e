using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

var builder = WebApplication.CreateSlimBuilder(args);
var tokenfall = builder.Services.AddTokenfall();
_ = args.Contains("--anthropic") ? tokenfall.AddAnthropic() : tokenfall.AddDemo();

var app = builder.Build();
app.MapTokenfall("/ask/stream");
app.MapTokenfall("/echo/stream", AppJson.Default.Question, (question, run, cancellationToken) => EchoAsync(question, cancellationToken));
app.Run();

static async IAsyncEnumerable<ChatResponseUpdate> EchoAsync(Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
{
    yield return new ChatResponseUpdate(ChatRole.Assistant, question.Text);
    if (question.Wait) await Task.Delay(Timeout.Infinite, cancellationToken);
    yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
}

internal sealed record Question(string Text, bool Wait);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Question))]
internal sealed partial class AppJson : JsonSerializerContext;
