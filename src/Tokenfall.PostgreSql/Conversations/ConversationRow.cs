namespace Tokenfall.PostgreSql;

/// <summary>A row of the table of conversations.</summary>
internal sealed record ConversationRow(long Number, string Id, string Owner, string Title, long Created, long Updated)
{
    public const string Columns = "number, id, owner, title, created, updated";

    public Conversation ToConversation() => new(
        StoredText.Decode(Id), StoredText.Decode(Title), DateTimeOffset.FromUnixTimeMilliseconds(Created), DateTimeOffset.FromUnixTimeMilliseconds(Updated));
}
