using Billing.Rows;

namespace Billing.Runs;

/// <summary>Reports the outcome of each row of a batch to the caller.</summary>
internal static class RowReporter
{
    /// <summary>Reports the rows in the order of the source.</summary>
    public static void Tell(Action<RowOutcome> rowDone, string sourceName, Batch batch, IReadOnlyList<WriteOutcome> outcomes)
    {
        int quarantined = 0;
        for (int i = 0; i < batch.Pending.Count; i++)
        {
            while (quarantined < batch.Quarantined.Count && batch.Quarantined[quarantined].Source.ByteOffset < batch.Pending[i].Row.ByteOffset)
            {
                rowDone(Of(batch.Quarantined[quarantined++]));
            }

            rowDone(Of(sourceName, batch.Pending[i].Row, batch.Pending[i].Key, outcomes[i]));
        }

        while (quarantined < batch.Quarantined.Count)
        {
            rowDone(Of(batch.Quarantined[quarantined++]));
        }
    }

    private static RowOutcome Of(QuarantinedRecord record) => new(record.Source, RowOutcomeKind.Quarantined, record.Key, record.Reason, record.Detail);

    private static RowOutcome Of(string sourceName, ParsedRow row, RecordKey key, WriteOutcome outcome)
    {
        RecordSource source = new(sourceName, row.Line, row.ByteOffset);
        return outcome.Kind switch
        {
            WriteOutcomeKind.Stored => new RowOutcome(source, RowOutcomeKind.Stored, key),
            WriteOutcomeKind.Duplicate => new RowOutcome(source, RowOutcomeKind.Duplicate, key),
            WriteOutcomeKind.Conflict => new RowOutcome(source, RowOutcomeKind.Conflict, key, QuarantineReason.Conflict, outcome.Detail),
            _ => new RowOutcome(source, RowOutcomeKind.Quarantined, key, QuarantineReason.Refused, outcome.Detail),
        };
    }
}
