namespace Billing.Sinks.Conformance.Broken;

/// <summary>Writes the records and then their alerts: a process that ends between the two leaves records whose alerts are never raised.</summary>
public sealed class AlertAfterSink : BrokenAlertSink
{
    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = WriteOne(records[i]);
        }

        for (int i = 0; i < outcomes.Length; i++)
        {
            BillingRecord record = records[i];
            Cancellation.ThrowIfCancellationRequested();
            if (outcomes[i].Kind == WriteOutcomeKind.Stored)
            {
                Raise(record);
            }
        }

        return outcomes;
    }
}
