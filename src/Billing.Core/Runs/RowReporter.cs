using System.Text;
using Billing.Rows;

namespace Billing.Runs;

/// <summary>Reports the outcome of each row of a batch to the caller.</summary>
internal static class RowReporter
{
    /// <summary>Reports the rows in the order of the source, to those who asked.</summary>
    public static void Tell(IngestOptions options, string sourceName, Batch batch, IReadOnlyList<WriteOutcome> outcomes)
    {
        if (options.RowDone is null && options.RowTraced is null)
        {
            return;
        }

        int quarantined = 0;
        for (int i = 0; i < batch.Pending.Count; i++)
        {
            while (quarantined < batch.Quarantined.Count && batch.Quarantined[quarantined].Source.ByteOffset < batch.Pending[i].Row.ByteOffset)
            {
                Tell(options, batch.Quarantined[quarantined++]);
            }

            RowOutcome outcome = Of(sourceName, batch.Pending[i].Row, batch.Pending[i].Key, outcomes[i]);
            options.RowDone?.Invoke(outcome);
            options.RowTraced?.Invoke(outcome, new RecordTrace { Source = outcome.Source, RawText = Encoding.UTF8.GetString(batch.Pending[i].Row.Raw.Span), Record = batch.Records[i] });
        }

        while (quarantined < batch.Quarantined.Count)
        {
            Tell(options, batch.Quarantined[quarantined++]);
        }
    }

    private static void Tell(IngestOptions options, QuarantinedRecord record)
    {
        RowOutcome outcome = Of(record);
        options.RowDone?.Invoke(outcome);
        options.RowTraced?.Invoke(outcome, new RecordTrace { Source = record.Source, RawText = record.RawText, Quarantined = record });
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
