namespace Billing.Sinks.Conformance.Broken;

/// <summary>Sends batches of 25, of which the server accepts only a part, and ignores the records that the server returns as unprocessed.</summary>
public sealed class LostLeftoversSink : BrokenSink
{
    private const int BatchSize = 25;
    private const int Taken = 20;

    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            bool left = i % BatchSize >= Taken && !Rows.ContainsKey(records[i].Key);
            outcomes[i] = left ? WriteOutcome.Stored : WriteOne(records[i]);
        }

        return outcomes;
    }
}
