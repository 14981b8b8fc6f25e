using System.Text.Json;

namespace Tokenfall.AspNetCore;

/// <summary>Knows the ids of the tool calls whose arguments are streaming, as JSON strings.</summary>
internal struct ToolCallIds
{
    private Dictionary<int, byte[]>? _ids;

    /// <param name="openParts">The parts that are open where the reader resumes.</param>
    public ToolCallIds(IReadOnlyList<OpenPart> openParts)
    {
        for (var i = 0; i < openParts.Count; i++)
            if (openParts[i].Kind == PartKind.ToolCall) Begin(openParts[i].Number, openParts[i].Start);
    }

    public void Begin(int part, ReadOnlyMemory<byte> start)
    {
        using var call = JsonDocument.Parse(start);
        var id = System.Text.Encoding.UTF8.GetBytes(call.RootElement.GetProperty("id").GetRawText());
        (_ids ??= [])[part] = id;
    }

    public void End(int part) => _ids?.Remove(part);

    public readonly ReadOnlySpan<byte> IdOf(int part) => _ids is not null && _ids.TryGetValue(part, out var id) ? id : "\"\""u8;
}
