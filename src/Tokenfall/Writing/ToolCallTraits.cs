namespace Tokenfall;

/// <summary>What is special about a tool call.</summary>
[Flags]
public enum ToolCallTraits
{
    /// <summary>Nothing: the application runs the tool.</summary>
    None = 0,

    /// <summary>The provider runs the tool itself.</summary>
    ProviderExecuted = 1,

    /// <summary>A person has to approve the call first. The run ends with it, and the answer is in the next request.</summary>
    NeedsApproval = 2,
}
