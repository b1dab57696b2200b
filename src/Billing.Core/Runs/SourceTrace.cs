using Billing.Fingerprints;
using Billing.Keys;
using Billing.Reading;
using Billing.Rows;
using Billing.Sources;

namespace Billing.Runs;

/// <summary>Reads a source up to one line, as a run would, and writes nothing.</summary>
internal sealed class SourceTrace(PipelineSettings settings, IBillingSource source, IngestOptions options)
{
    // A trace belongs to no run.
    private const string NoRun = "";

    public async Task<RecordTrace?> RunAsync(long line, CancellationToken cancellationToken)
    {
        (SourceLayout layout, RecordIdentity identity, string? scope) = settings.Resolve(options);
        OpenedSource stream = await SourceStreams.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            RecordReader reader = await RecordReaders.OpenAsync(source.Name, stream.Content, layout, identity, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                using RecordFingerprinter fingerprinter = new(identity);
                RowProcessor processor = new(settings, fingerprinter, scope, NoRun);
                RecycledList<ParsedRow> rows = new();
                bool more;
                do
                {
                    rows.Clear();
                    more = await reader.ReadAsync(rows, settings.Batch.Rows, settings.Batch.Bytes, cancellationToken).ConfigureAwait(false);
                    // The rows before it count too: it may be a repeat.
                    foreach (ParsedRow row in rows)
                    {
                        RecordTrace trace = Trace(row, reader, processor);
                        if (row.Line == line)
                        {
                            return trace;
                        }
                    }
                }
                while (more && (rows.Count == 0 || rows[rows.Count - 1].Line < line));
                return null;
            }
        }
    }

    /// <summary>Returns the trace of a stored record, with its canonical form.</summary>
    public static RecordTrace Of(BillingRecord record) => new()
    {
        Source = record.Source,
        Record = record,
        CanonicalForm = Canonical(record),
    };

    private RecordTrace Trace(ParsedRow row, RecordReader reader, RowProcessor processor)
    {
        if (processor.Process(row, source.Name) is { } record)
        {
            processor.Identify([record]);
            return Of(record.Record) with { RawText = System.Text.Encoding.UTF8.GetString(row.Raw.Span) };
        }

        processor.TakePlace(row);
        QuarantinedRecord quarantined = processor.Quarantine(row, source.Name, row.Fault!, reader);
        return new RecordTrace { Source = quarantined.Source, RawText = quarantined.RawText, Quarantined = quarantined };
    }

    private static byte[] Canonical(BillingRecord record)
    {
        FormBuffer buffer = new();
        CanonicalForm.Write(record, buffer, CanonicalForm.VersionOf(record));
        return buffer.Written.ToArray();
    }
}
