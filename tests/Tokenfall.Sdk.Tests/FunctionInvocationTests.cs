using Microsoft.Extensions.AI;
using Tokenfall.Tests;

namespace Tokenfall.Sdk.Tests;

/// <summary>Microsoft's client that runs tools between two calls of the model.</summary>
public sealed class FunctionInvocationTests
{
    [Fact]
    public async Task Tool_TakesLongerThanTheContentTimeout_TheAnswerGoesOn()
    {
        var time = new TestClock();
        var tool = AIFunctionFactory.Create(() =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            return "found";
        }, "find");
        using var client = new ScriptedClient().AsBuilder().UseFunctionInvocation().Build();

        var run = (await EndedRun.OfAsync(new ChatClientSource(client), new ChatOptions { Tools = [tool] }, time)).Run;

        Assert.Equal((RunStatus.Done, "end_turn"), (run.Status, run.End!.StopReason));
    }

    /// <summary>Asks for the tool first, and answers with its result.</summary>
    private sealed class ScriptedClient : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var answered = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Any();
            if (answered) yield return new ChatResponseUpdate(ChatRole.Assistant, "Found it.") { ResponseId = "r2", FinishReason = ChatFinishReason.Stop };
            else yield return new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("c1", "find")]) { ResponseId = "r1", FinishReason = ChatFinishReason.ToolCalls };
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("This client only streams.");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
