using System.Text.Json;

namespace Tokenfall;

/// <summary>What a run cost in tokens, and how well that is known.</summary>
internal sealed record RunUsage(int? InputTokens, int? OutputTokens, string Quality)
{
    // English prose and code come to about four bytes of UTF-8 a token with today's tokenizers.
    private const int BytesPerToken = 4;

    /// <summary>About how many tokens the question has; null for none.</summary>
    public static int? Estimate(ModelRequest request) =>
        request.Messages.Count == 0 ? null : request.Messages.Sum(message => message.Content.Length) / BytesPerToken + 1;

    /// <summary>The provider's figures if it finished the answer. Providers send none on an abort, so otherwise the text is measured.</summary>
    public static RunUsage Of(RunWriter writer, int? asked, RunStatus status)
    {
        if (writer.StopReason is not null)
            return new RunUsage(writer.InputTokens, writer.OutputTokens, writer.OutputTokens is null ? "unknown" : "measured");
        // A refused request costs nothing, but nobody says so; a stopped one may have been read by the provider.
        if (status == RunStatus.Failed && !writer.HasContent && writer.InputTokens is null) return new RunUsage(null, null, "unknown");
        var said = (int)((writer.BytesSaid + BytesPerToken - 1) / BytesPerToken);
        return new RunUsage(writer.InputTokens ?? asked, Math.Max(said, writer.OutputTokens ?? 0), "estimated");
    }

    public void WriteTokens(Utf8JsonWriter json)
    {
        Write(json, "input_tokens", InputTokens);
        Write(json, "output_tokens", OutputTokens);
    }

    private static void Write(Utf8JsonWriter json, string name, int? tokens)
    {
        if (tokens is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }
}
