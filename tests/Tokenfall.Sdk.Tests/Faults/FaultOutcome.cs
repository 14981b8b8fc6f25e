using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Testing;
using Tokenfall.Testing;

namespace Tokenfall.Sdk.Tests.Faults;

/// <summary>What became of one run, and what it cost.</summary>
internal sealed record FaultOutcome(RunError? Error, int Calls, IReadOnlyList<FakeLogRecord> Log)
{
    public static async Task<FaultOutcome> OfOpenAIAsync(SdkFault fault, ClientStack stack)
    {
        await using var server = await OpenAIServer.StartAsync(http => fault.OpenAI(http));
        using var client = ChatClients.OpenAI(server.Url, stack);
        return await AskAsync(client, () => server.Calls);
    }

    public static async Task<FaultOutcome> OfAnthropicAsync(SdkFault fault, ClientStack stack)
    {
        await using var server = await ModelServer.StartAsync();
        server.Script = ModelScript.Lorem(20) with { Fault = fault.Anthropic };
        using var client = ChatClients.Anthropic(server.Url, stack);
        return await AskAsync(client, () => server.Calls.Count);
    }

    /// <summary>As the table says it.</summary>
    public override string ToString() => $"`{Error?.Code.ToWireName() ?? "done"}`{(Error?.Retryable == true ? " (retryable)" : "")}"
        + $"{(Error?.RetryAfter is { } wait ? $" after {wait.TotalSeconds} s" : "")}, {Calls} {(Calls == 1 ? "call" : "calls")}";

    private static async Task<FaultOutcome> AskAsync(IChatClient client, Func<int> calls)
    {
        var (run, log) = await EndedRun.OfAsync(new ChatClientSource(client));
        return new FaultOutcome(run.End!.Error, calls(), log);
    }
}
