namespace Tokenfall.Sqlite;

/// <summary>A row of the table of runs.</summary>
internal sealed record RunRow(
    long Number, string Id, string Owner, string Scope, string Request_Id, string? Model, long Created, string? Idempotency_Key, string? Fingerprint, string? Run_End)
{
    public RunId RunId => RunId.TryParse(Id, out var id) ? id : throw new InvalidDataException($"The journal has a run whose id is {Id}.");

    public RunEnd? End => Run_End is null ? null : RunEndJson.Read(Run_End);

    public RunRecord ToRecord() => new(
        RunId, StoredText.Decode(Owner), StoredText.Decode(Scope), StoredText.Decode(Request_Id), DateTimeOffset.FromUnixTimeMilliseconds(Created))
    {
        Model = StoredText.DecodeOrNull(Model),
        Key = Idempotency_Key is null ? null : new IdempotencyKey(StoredText.Decode(Idempotency_Key), StoredText.Decode(Fingerprint!)),
    };
}
