namespace Billing.Sinks.Sqlite.Writing;

/// <summary>Records, by their keys first: a record that is stored already is not made (<see cref="IRecordBatch"/>).</summary>
internal readonly struct KeyedRecords(IReadOnlyList<BillingRecord> records)
{
    private readonly IRecordBatch? _batch = records as IRecordBatch;

    public int Count => records.Count;

    public BillingRecord this[int index] => records[index];

    public RecordKey KeyAt(int index) => _batch?.KeyAt(index) ?? records[index].Key;

    public Fingerprint FingerprintAt(int index) => _batch?.FingerprintAt(index) ?? records[index].Fingerprint;
}
