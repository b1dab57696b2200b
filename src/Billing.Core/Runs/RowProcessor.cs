using Billing.Categories;
using Billing.Currencies;
using Billing.Fingerprints;
using Billing.Keys;
using Billing.Rows;
using Billing.Values;

namespace Billing.Runs;

/// <summary>Takes rows of one run through currencies, fingerprints and categories. One per run; one thread begins batches, one finishes them.</summary>
internal sealed class RowProcessor(PipelineSettings settings, RecordFingerprinter fingerprinter, string? scope, string runId)
{
    private string? _lastCode;
    private Currency? _lastCurrency;

    /// <summary>The identity: what makes a record the same record in this run.</summary>
    public RecordIdentity Identity => fingerprinter.Identity;

    // Rows of equal content are refused together. Rows that only share some columns are not: if one that was refused is taken later, because
    // a rate came or the source was corrected, the others must keep their keys.
    private bool RefusedRowsHavePlaces => Identity.Kind == RecordIdentityKind.CountedColumns;

    /// <summary>Gives rows their currency, their amount in the reporting currency and their canonical form.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="batch">Receives the rows that can become records, in order, and their forms. The others go to quarantine; their fault then says why.</param>
    public void Begin(ReadOnlySpan<ParsedRow> rows, string sourceName, BatchRows batch)
    {
        foreach (ParsedRow row in rows)
        {
            if (row.Fault is null)
            {
                Begin(row, sourceName, batch);
            }
        }
    }

    /// <summary>Gives the records of a batch their fingerprints, what rules say of them, their occurrences and their keys. Another thread may begin the next batch.</summary>
    public void Finish(BatchRows batch)
    {
        ReadOnlySpan<Sha256Digest> fingerprints = fingerprinter.Hash(batch.Contents);
        int count = 0;
        for (int from = 0; from < fingerprints.Length; from += BatchRows.AtOnce)
        {
            int first = count;
            count = Categorise(batch.Pending, from, fingerprints.Slice(from, Math.Min(BatchRows.AtOnce, fingerprints.Length - from)), count);
            if (!RefusedRowsHavePlaces)
            {
                Identify(batch.Pending.Span[first..count]);
            }
        }

        batch.Pending.Cut(count);
        if (RefusedRowsHavePlaces)
        {
            IdentifyAmong(batch.Rows, batch.Pending.Span);
        }
    }

    /// <summary>Takes a single row as far as a record gets before it is counted: <see cref="Identify"/> gives it its occurrence and key.</summary>
    /// <returns>Null if it goes to quarantine.</returns>
    public PendingRecord? Process(ParsedRow row, string sourceName)
    {
        BatchRows batch = new(mostKept: 0);
        Begin([row], sourceName, batch);
        return Categorise(batch.Pending, 0, fingerprinter.Hash(batch.Contents), 0) == 0 ? null : batch.Pending[0];
    }

    /// <summary>Gives records, in the order of the source, the next occurrence of their content in this run, and their keys.</summary>
    public void Identify(ReadOnlySpan<PendingRecord> records)
    {
        foreach (PendingRecord record in records)
        {
            if (fingerprinter.CountsMore(record.Scope))
            {
                fingerprinter.AddCounted(record.Row, record.Fingerprint, record.Scope);
            }
        }

        ReadOnlySpan<Sha256Digest> counted = fingerprinter.Hash();
        int next = 0;
        foreach (PendingRecord record in records)
        {
            record.Occurrence = fingerprinter.NextOccurrence(fingerprinter.CountsMore(record.Scope) ? counted[next++] : record.Fingerprint.Digest);
        }

        AddKeys(records);
    }

    /// <summary>Returns what a row shares with the rows among which it has its place even if it goes to quarantine; null if it then has none.</summary>
    public Sha256Digest? PlaceOf(ParsedRow row)
    {
        if (!RefusedRowsHavePlaces || row.IdentityValues.Length == 0)
        {
            return null;
        }

        fingerprinter.AddCounted(row, default, row.Scope ?? scope);
        return fingerprinter.Hash()[0];
    }

    /// <summary>Counts a row that goes to quarantine, where it has a place.</summary>
    public void TakePlace(ParsedRow row)
    {
        if (PlaceOf(row) is { } place)
        {
            _ = fingerprinter.NextOccurrence(place);
        }
    }

    /// <summary>Creates the quarantined record of a row that cannot be a record, or that the ledger did not take.</summary>
    public QuarantinedRecord Quarantine(ParsedRow row, string sourceName, RowFault fault, RecordReader reader) => new()
    {
        Key = fingerprinter.QuarantineKey(row, row.Scope ?? scope),
        RunId = runId,
        Source = new RecordSource(sourceName, row.Line, row.ByteOffset),
        Scope = row.Scope ?? scope,
        Reason = fault.Reason,
        Detail = fault.Detail,
        // A copy: the row's own bytes would keep its whole block alive.
        Raw = row.Raw.ToArray(),
        RawLength = row.RawLength,
        Format = reader.Format,
        Header = reader.Header,
        Separator = reader.Separator,
        Amount = row.Amount,
        CurrencyCode = row.CurrencyCode,
    };

    private void IdentifyAmong(RecycledList<ParsedRow> rows, ReadOnlySpan<PendingRecord> records)
    {
        foreach (ParsedRow row in rows.Span)
        {
            if (row.IdentityValues.Length > 0)
            {
                fingerprinter.AddCounted(row, default, row.Scope ?? scope);
            }
        }

        ReadOnlySpan<Sha256Digest> places = fingerprinter.Hash();
        int next = 0;
        int at = 0;
        foreach (ParsedRow row in rows.Span)
        {
            int occurrence = row.IdentityValues.Length > 0 ? fingerprinter.NextOccurrence(places[next++]) : 0;
            if (at < records.Length && records[at].Row == row)
            {
                records[at++].Occurrence = occurrence;
            }
        }

        AddKeys(records);
    }

    private void AddKeys(ReadOnlySpan<PendingRecord> records)
    {
        foreach (PendingRecord record in records)
        {
            fingerprinter.AddKey(record.Row, record.SourceName, record.Scope, record.Fingerprint, record.Occurrence);
        }

        ReadOnlySpan<Sha256Digest> keys = fingerprinter.Hash();
        for (int i = 0; i < records.Length; i++)
        {
            records[i].Complete(new RecordKey(keys[i]));
        }
    }

    private void Begin(ParsedRow row, string sourceName, BatchRows batch)
    {
        if (CurrencyOf(row.CurrencyCode) is not { } currency)
        {
            row.Fault = RowFaults.UnknownCurrency(row.CurrencyCode);
            return;
        }

        Money amount = new(row.Amount!.Value, currency);
        if (TryConvert(row, amount, out Money reporting, out ExchangeRate? rate) && TryWriteContent(row, currency, batch.Contents))
        {
            batch.Pending.Add().Begin(row, sourceName, row.Scope ?? scope, runId, amount, reporting, rate);
        }
    }

    // Those that stay move to the front.
    private int Categorise(RecycledList<PendingRecord> records, int from, ReadOnlySpan<Sha256Digest> fingerprints, int count)
    {
        if (!RefusedRowsHavePlaces)
        {
            fingerprinter.PrepareToCount(fingerprints);
        }

        for (int i = 0; i < fingerprints.Length; i++)
        {
            PendingRecord record = records[from + i];
            record.Fingerprint = new Fingerprint(fingerprints[i]);
            if (Categorise(record))
            {
                records.Move(from + i, count++);
            }
        }

        return count;
    }

    // Most sources stay in one currency for many rows, and share the string of its code.
    private Currency? CurrencyOf(string? code)
    {
        if (_lastCode is null || !ReferenceEquals(code, _lastCode))
        {
            _lastCurrency = Currency.TryParse(code, out Currency? currency) ? currency : null;
            _lastCode = code;
        }

        return _lastCurrency;
    }

    private bool Categorise(PendingRecord record)
    {
        Categorisation categorisation = settings.Categoriser.Apply(record);
        if (categorisation.FailedRequirement is { } failed)
        {
            record.Row.Fault = new RowFault(QuarantineReason.RuleFailed, $"Rule '{failed.Name}' does not hold{(failed.Message is { } message ? ": " + message : "")}. Correct the source or the rule.");
            return false;
        }

        // Rules come first; the sender's word stands where they have none.
        record.Categorisation = categorisation.Category is null && record.Row.Category is { } stated ? categorisation with { Category = stated } : categorisation;
        return true;
    }

    private bool TryConvert(ParsedRow row, Money amount, out Money reporting, out ExchangeRate? rate)
    {
        Currency quote = settings.ReportingCurrency;
        reporting = amount;
        rate = null;
        if (amount.Currency == quote)
        {
            return true;
        }

        if (settings.ExchangeRates?.TryGetRate(amount.Currency, quote, row.Date, out rate) is not true)
        {
            row.Fault = new RowFault(QuarantineReason.NoRate, $"There is no rate from {amount.Currency} to {quote} for {row.Date:yyyy-MM-dd}. Add the rate, then replay the quarantine.");
            return false;
        }

        if (!MoneyConverter.TryConvert(amount, rate!, settings.Rounding, out reporting))
        {
            row.Fault = new RowFault(QuarantineReason.AmountOutOfRange, $"The amount in {quote} has more than 28 digits. Correct the amount or the rate ({rate}).");
            return false;
        }

        return true;
    }

    private static bool TryWriteContent(ParsedRow row, Currency currency, FormBuffer contents)
    {
        try
        {
            CanonicalForm.Write(row, currency, contents);
            contents.End();
            return true;
        }
        catch (ArgumentException e)
        {
            row.Fault = new RowFault(QuarantineReason.BadEncoding, $"{e.Message} Correct the source.");
            return false;
        }
    }
}
