namespace Tokenfall.PostgreSql;

/// <summary>A row of the table of messages.</summary>
internal sealed record MessageRow(string Id, string? Parent, bool Is_Answer, string? Scope, long Created, string? Parts, string? Run_End)
{
    public const string Columns = "id, parent, is_answer, scope, created, parts, run_end";

    public ConversationMessage ToMessage() => new(StoredText.Decode(Id), StoredText.DecodeOrNull(Parent), Is_Answer, DateTimeOffset.FromUnixTimeMilliseconds(Created))
    {
        Scope = StoredText.DecodeOrNull(Scope),
        Parts = Parts,
        End = Run_End is null ? null : RunEndJson.Read(Run_End),
    };
}
