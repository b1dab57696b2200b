using Billing.Reading;
using Billing.Reports;
using Billing.Rows;
using Billing.Settlement;
using Billing.Values;

namespace Billing.Runs;

/// <summary>Reads the quarantined rows of one source again, writes those that are now records, and says which the ledger took; the rest stays in quarantine.</summary>
internal sealed class ReplayWriter(
    SourceLayout layout,
    RecordIdentity identity,
    string sourceName,
    string runId,
    RunTally tally,
    RowProcessor processor,
    ReplayedOccurrences occurrences,
    BatchWriter writer)
{
    private readonly LedgerWrites _writes = new(writer, most: 1);
    private readonly TotalsAccumulator _read = new();
    private readonly List<RecordKey> _taken = [];

    /// <summary>Told each batch with its outcomes, or null.</summary>
    public Action<Batch, IReadOnlyList<WriteOutcome>>? Tried { get; init; }

    /// <summary>The totals of what was read so far.</summary>
    public ControlTotals Read { get; private set; } = ControlTotals.Zero;

    /// <summary>The pending rows that may have changed.</summary>
    public PendingReach Reach { get; } = new(runId, delivery: null);

    /// <summary>The keys of the rows that the ledger now has.</summary>
    public IReadOnlyList<RecordKey> Taken => _taken;

    /// <summary>The number of rows that only the whole source can tell from repeats.</summary>
    public long Ambiguous { get; private set; }

    /// <summary>Replays some of the rows.</summary>
    public async ValueTask WriteAsync(IReadOnlyList<QuarantinedRecord> entries, CancellationToken cancellationToken)
    {
        List<PendingRecord> records = new(entries.Count);
        List<QuarantinedRecord> still = [];
        Dictionary<ParsedRow, QuarantinedRecord> tried = [];
        foreach (QuarantinedRecord entry in entries)
        {
            ParsedRow row = SecondReading.Of(entry, layout, identity);
            tally.Read(_read, row);
            if (processor.Process(row, sourceName) is not { } record)
            {
                occurrences.Refused(row);
                still.Add(StillQuarantined(entry, row, row.Fault));
            }
            else if (await occurrences.TryIdentifyAsync(record, entry, cancellationToken).ConfigureAwait(false))
            {
                records.Add(record);
                tried.Add(row, entry);
            }
            else
            {
                Ambiguous++;
                still.Add(StillQuarantined(entry, row, row.Fault));
            }
        }

        Read = _read.ToControlTotals();
        Batch batch = new(records) { Read = Read, BytesRead = 0 };
        batch.Quarantined.AddRange(still);
        _writes.Start(batch, cancellationToken);
        (_, IReadOnlyList<WriteOutcome> outcomes) = await _writes.EndOldestAsync((row, fault) => StillQuarantined(tried[row], row, fault), cancellationToken).ConfigureAwait(false);
        Tried?.Invoke(batch, outcomes);
        Reach.Note([], records);
        _taken.AddRange(records
            .Where((_, i) => outcomes[i].Kind is WriteOutcomeKind.Stored or WriteOutcomeKind.Duplicate)
            .Select(record => tried[record.Row].Key));
    }

    /// <summary>Returns the same entry, under the same key, with what is wrong now.</summary>
    private QuarantinedRecord StillQuarantined(QuarantinedRecord entry, ParsedRow row, RowFault? fault) => new()
    {
        Key = entry.Key,
        RunId = runId,
        Source = entry.Source,
        Scope = entry.Scope,
        Reason = fault?.Reason ?? entry.Reason,
        Detail = fault?.Detail ?? entry.Detail,
        Raw = entry.Raw,
        RawLength = entry.RawLength,
        Format = entry.Format,
        Header = entry.Header,
        Separator = entry.Separator,
        Amount = row.Amount,
        CurrencyCode = row.CurrencyCode,
    };
}
