using Tokenfall.Tests;

namespace Tokenfall.Sdk.Tests.Faults;

/// <summary>Twelve faults behind the official SDKs, alone and with the middleware that applications use. The table is in the documentation.</summary>
public sealed class FaultTableTests
{
    [Fact]
    public async Task Table_InTheDocumentation_SaysWhatHappens()
    {
        var rows = await Task.WhenAll(SdkFault.All.Select(RowAsync));

        var documented = await File.ReadAllTextAsync(Repository.PathOf("docs/chat-clients.md"));
        var missing = rows.Where(row => !documented.Contains(row, StringComparison.Ordinal)).ToList();
        Assert.True(missing.Count == 0, $"docs/chat-clients.md does not say:\n{string.Join('\n', missing)}");
    }

    private static async Task<string> RowAsync(SdkFault fault)
    {
        var outcomes = await Task.WhenAll(
            FaultOutcome.OfOpenAIAsync(fault, ClientStack.Plain), FaultOutcome.OfOpenAIAsync(fault, ClientStack.Full),
            FaultOutcome.OfAnthropicAsync(fault, ClientStack.Plain), FaultOutcome.OfAnthropicAsync(fault, ClientStack.Full));
        return $"| {fault.Name} | {string.Join(" | ", outcomes.Select(outcome => outcome.ToString()))} |";
    }
}
