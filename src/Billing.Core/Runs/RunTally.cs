using Billing.Reports;
using Billing.Rows;

namespace Billing.Runs;

/// <summary>Counts rows and money of one run. The reading thread tallies what is read, the writing thread tallies outcomes; neither derives anything from the other, so that the balance proves something.</summary>
internal sealed class RunTally(Currency reportingCurrency)
{
    private const int MaxOrigins = 20;

    private readonly StoredTally _stored = new();
    private readonly TotalsAccumulator _duplicate = new();
    private readonly TotalsAccumulator _removed = new();
    private readonly TotalsAccumulator _conflict = new();
    private readonly TotalsAccumulator _quarantined = new();
    private readonly TotalsAccumulator _pending = new();
    private readonly UnknownCodes _unknown = new();
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _origins = new(StringComparer.Ordinal);

    /// <summary>What the ledger reported that it stored.</summary>
    public RunTotals StoredTotals => _stored.Totals;

    public void Stored(PendingRecord record) => _stored.Add(record.Amount, record.ReportingAmount);

    public void Duplicate(PendingRecord record, string? storedSource)
    {
        _duplicate.AddRow(record.Amount.Currency.Code, record.Amount.Amount);
        if (storedSource is not null && storedSource != record.SourceName)
        {
            _origins[storedSource] = _origins.GetValueOrDefault(storedSource) + 1;
        }
    }

    public void Removed(PendingRecord record) => _removed.AddRow(record.Amount.Currency.Code, record.Amount.Amount);

    public void Conflict(PendingRecord record) => _conflict.AddRow(record.Amount.Currency.Code, record.Amount.Amount);

    public void Quarantined(QuarantinedRecord record)
    {
        Add(_quarantined, record.Amount, record.CurrencyCode);
        if (record.Reason == QuarantineReason.Pending)
        {
            Add(_pending, record.Amount, record.CurrencyCode);
        }

        _reasons[record.Reason] = _reasons.GetValueOrDefault(record.Reason) + 1;
    }

    /// <summary>Tallies a row as read, with what is known of its money.</summary>
    public void Read(TotalsAccumulator read, ParsedRow row) => Add(read, row.Amount, row.CurrencyCode);

    /// <summary>Returns the report with the totals so far.</summary>
    public IngestReport Report(IngestReport run, ControlTotals read)
    {
        RunTotals stored = StoredTotals;
        return run with
        {
            Read = read,
            Stored = stored.Stored,
            Duplicate = _duplicate.ToControlTotals(),
            Removed = _removed.ToControlTotals(),
            Conflict = _conflict.ToControlTotals(),
            Quarantined = _quarantined.ToControlTotals(),
            Pending = _pending.ToControlTotals(),
            StoredInReportingCurrency = stored.StoredInReportingCurrency,
            ReportingCurrency = reportingCurrency.Code,
            Reasons = new SortedDictionary<string, long>(_reasons, StringComparer.Ordinal),
            DuplicatesFromOtherSources = Origins(),
        };
    }

    private void Add(TotalsAccumulator totals, decimal? amount, string? currencyCode)
    {
        if (amount is { } known)
        {
            totals.AddRow(_unknown.NameOf(currencyCode), known);
        }
        else
        {
            totals.AddRow();
        }
    }

    private List<DuplicateOrigin> Origins()
    {
        List<DuplicateOrigin> origins = [.. _origins
            .Select(pair => new DuplicateOrigin(pair.Key, pair.Value))
            .OrderByDescending(origin => origin.Rows)
            .ThenBy(origin => origin.Source, StringComparer.Ordinal)];
        if (origins.Count > MaxOrigins)
        {
            long others = origins.Skip(MaxOrigins).Sum(origin => origin.Rows);
            origins.RemoveRange(MaxOrigins, origins.Count - MaxOrigins);
            origins.Add(new DuplicateOrigin("(others)", others));
        }

        return origins;
    }
}
