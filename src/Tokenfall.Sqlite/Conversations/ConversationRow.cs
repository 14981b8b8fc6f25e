namespace Tokenfall.Sqlite;

/// <summary>A row of the table of conversations.</summary>
internal sealed record ConversationRow(long Number, string Id, string Title, long Created, long Updated)
{
    public Conversation ToConversation() => new(Id, Title, DateTimeOffset.FromUnixTimeMilliseconds(Created), DateTimeOffset.FromUnixTimeMilliseconds(Updated));
}
