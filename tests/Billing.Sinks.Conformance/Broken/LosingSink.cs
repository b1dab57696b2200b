namespace Billing.Sinks.Conformance.Broken;

/// <summary>Reports every record as stored, and loses the fiftieth of a batch.</summary>
public sealed class LosingSink : BrokenSink
{
    private const int Lost = 49;

    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = i == Lost && !Rows.ContainsKey(records[i].Key) ? WriteOutcome.Stored : WriteOne(records[i]);
        }

        return outcomes;
    }
}
