namespace Billing.Sinks.Conformance.Broken;

/// <summary>Catches every exception, and reports the records that it did not write as stored.</summary>
public sealed class SwallowingSink : BrokenSink
{
    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            try
            {
                outcomes[i] = WriteOne(records[i]);
            }
            catch (Exception)
            {
                outcomes[i] = WriteOutcome.Stored;
            }
        }

        return outcomes;
    }
}
