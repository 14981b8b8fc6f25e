namespace Tokenfall.AspNetCore;

/// <summary>The records of recent probes, by owner and id. The oldest are dropped first.</summary>
internal sealed class ProbeRecords
{
    private const int Kept = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Owner, string Id), ProbeRecord> _records = [];
    private readonly Queue<(string Owner, string Id)> _order = [];

    /// <summary>Adds a record. It replaces one with the same id, whose request was repeated, perhaps by a hop.</summary>
    public void Add(string owner, ProbeRecord record)
    {
        var key = (owner, record.Id);
        lock (_lock)
        {
            if (!_records.ContainsKey(key)) _order.Enqueue(key);
            _records[key] = record;
            while (_order.Count > Kept) _records.Remove(_order.Dequeue());
        }
    }

    public ProbeRecord? Find(string owner, string id)
    {
        lock (_lock) return _records.GetValueOrDefault((owner, id));
    }
}
