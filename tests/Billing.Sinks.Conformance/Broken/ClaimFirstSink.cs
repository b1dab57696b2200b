namespace Billing.Sinks.Conformance.Broken;

/// <summary>Claims the keys of a batch, then writes its rows. Killed between the two, it loses the rows, because the keys say that they are stored.</summary>
public sealed class ClaimFirstSink : BrokenSink
{
    private readonly Dictionary<RecordKey, BillingRecord> _claims = [];

    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records)
    {
        List<int> claimed = [];
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            BillingRecord record = records[i];
            if (_claims.TryAdd(record.Key, record))
            {
                claimed.Add(i);
                continue;
            }

            BillingRecord first = _claims[record.Key];
            outcomes[i] = first.Fingerprint == record.Fingerprint ? WriteOutcome.Duplicate(first.Source.Name) : WriteOutcome.Conflict(first.Source.Name, first.Fingerprint);
        }

        foreach (int i in claimed)
        {
            Rows[records[i].Key] = records[i];
        }

        return outcomes;
    }
}
