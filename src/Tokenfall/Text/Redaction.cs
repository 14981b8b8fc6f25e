namespace Tokenfall;

/// <summary>Removes every secret that is configured from what is about to be logged.</summary>
internal static class Redaction
{
    /// <summary>Of the source that was asked, which need not be one of the application's, and of all that are.</summary>
    public static Func<string, string> Of(IModelSource source, ModelSources? sources) =>
        text => source.Redact(sources?.Redact(text) ?? text);
}
