using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Tokenfall;

/// <summary>Reads a member by its name, of a type that is not known at compile time.</summary>
/// <remarks>A member that trimming has removed, or that throws, is as good as none.</remarks>
internal static class PublicMember
{
    private const string Justification = "A member that was removed is read as null, and the caller has another way.";

    /// <summary>The property's value; null when there is no such property.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = Justification)]
    public static object? Read(object from, string name) => Invoke(from, Find(from, type => type.GetProperty(name, Declared)?.GetMethod));

    /// <summary>What a method without parameters returns; null when there is no such method.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = Justification)]
    public static object? Call(object from, string name) => Invoke(from, Find(from, type => type.GetMethod(name, Declared, [])));

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    // Class by class: one that hides another's member would be ambiguous.
    private static MethodInfo? Find(object from, Func<Type, MethodInfo?> find)
    {
        for (var type = from.GetType(); type is not null; type = type.BaseType)
            if (find(type) is { IsPublic: true } member) return member;
        return null;
    }

    private static object? Invoke(object from, MethodInfo? member)
    {
        try
        {
            return member?.Invoke(from, null);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
