namespace Billing.Sinks.Conformance.Broken;

/// <summary>REPLACE, or an unconditional put: other content under the same key replaces what was stored.</summary>
public sealed class LastWriteWinsSink : BrokenSink
{
    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            BillingRecord record = records[i];
            outcomes[i] = Rows.ContainsKey(record.Key) ? OutcomeOf(record) : WriteOutcome.Stored;
            Rows[record.Key] = record;
        }

        return outcomes;
    }
}
