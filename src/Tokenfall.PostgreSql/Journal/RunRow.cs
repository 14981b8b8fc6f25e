namespace Tokenfall.PostgreSql;

/// <summary>A row of the table of runs.</summary>
internal sealed record RunRow(
    string Id, string Owner, string Scope, string Request_Id, string? Model, DateTime Created, string? Idempotency_Key, string? Fingerprint)
{
    public const string Columns = "id, owner, scope, request_id, model, created, idempotency_key, fingerprint";

    public RunRecord ToRecord() => new(ParseId(Id), StoredText.Decode(Owner), StoredText.Decode(Scope), StoredText.Decode(Request_Id), new DateTimeOffset(Created))
    {
        Model = StoredText.DecodeOrNull(Model),
        Key = Idempotency_Key is null ? null : new IdempotencyKey(StoredText.Decode(Idempotency_Key), StoredText.Decode(Fingerprint!)),
    };

    public static RunId ParseId(string text) => RunId.TryParse(text, out var id) ? id : throw new InvalidDataException($"The journal has a run whose id is {text}.");
}
