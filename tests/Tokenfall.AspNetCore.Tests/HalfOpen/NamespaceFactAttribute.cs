namespace Tokenfall.AspNetCore.Tests.HalfOpen;

/// <summary>A test that makes a network namespace, and is skipped where that cannot be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespaceFactAttribute : FactAttribute
{
    public NamespaceFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Network namespaces are Linux's.";
        else if (!Environment.IsPrivilegedProcess) Skip = "Making a network namespace needs root.";
        else if (Peer.MissingTool is { } tool) Skip = $"Needs the program {tool}, which is not installed.";
        else if (Peer.WhyNot() is { } reason) Skip = $"A network namespace cannot be made here: {reason}";
    }
}
