namespace Tokenfall.Sqlite;

/// <summary>A row of the table of messages.</summary>
internal sealed record MessageRow(string Id, string? Parent, long Is_Answer, string? Scope, long Created, string? Parts, string? Run_End)
{
    public ConversationMessage ToMessage() => new(Id, Parent, Is_Answer == 1, DateTimeOffset.FromUnixTimeMilliseconds(Created))
    {
        Scope = Scope,
        Parts = Parts,
        End = Run_End is null ? null : RunEndJson.Read(Run_End),
    };
}
