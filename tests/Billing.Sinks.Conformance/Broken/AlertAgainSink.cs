namespace Billing.Sinks.Conformance.Broken;

/// <summary>Raises the alerts of every record that it receives, including duplicates: each delivery of a file raises its alerts again.</summary>
public sealed class AlertAgainSink : BrokenAlertSink
{
    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            BillingRecord record = records[i];
            outcomes[i] = WriteOne(record);
            if (outcomes[i].Kind == WriteOutcomeKind.Stored)
            {
                Raise(record);
            }
            else if (record.Alerts.Count > 0)
            {
                RaiseAgain(record);
            }
        }

        return outcomes;
    }
}
