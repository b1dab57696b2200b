namespace Billing.Sinks.Conformance.Broken;

/// <summary>Gives each row a new id, and sends a whole batch again when half of it was stored before an error: that half counts twice.</summary>
public sealed class DoublingSink : BrokenSink
{
    private const int FewestForError = 20;

    private int _ids;

    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records)
    {
        WriteOutcome[] outcomes = [.. records.Select(WriteOne)];
        for (int i = 0; i < records.Count / 2 && records.Count >= FewestForError; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Stored)
            {
                BillingRecord again = Copy(records[i], Some.Key($"row {++_ids}"), amount => amount);
                Rows.Add(again.Key, again);
            }
        }

        return outcomes;
    }
}
