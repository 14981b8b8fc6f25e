using System.Globalization;
using System.Text.Json;

namespace Tokenfall.Tests.Product;

/// <summary>One event as a hand-written client finds it: the values of its <c>id: </c>, <c>event: </c> and <c>data: </c> lines.</summary>
internal sealed record WireEvent(string Id, string Name, string Data)
{
    /// <summary>The number behind the dot of <see cref="Id"/>.</summary>
    public int Number => int.Parse(Id.AsSpan(Id.IndexOf('.', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);

    public bool IsLast => Name is "done" or "error";

    /// <summary>The text of a delta.</summary>
    public string Text => Json.GetProperty("text").GetString()!;

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Data);

    public override string ToString() => $"{Id} {Name} {Data}";

    /// <summary>Null for a block without an event: a comment, or the delay for reconnecting.</summary>
    public static WireEvent? Parse(string block)
    {
        string id = "", name = "", data = "";
        foreach (var line in block.Split('\n'))
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
        }

        return name == "" ? null : new(id, name, data);
    }
}
