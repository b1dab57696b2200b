using System.Diagnostics.CodeAnalysis;
using Billing.Categories;
using Billing.Currencies;
using Billing.Keys;
using Billing.Rows;
using Billing.Values;

namespace Billing.Runs;

/// <summary>Takes rows of one run through currencies, fingerprints and categories. One per run, used by one thread.</summary>
internal sealed class RowProcessor(PipelineSettings settings, RecordFingerprinter fingerprinter, string? scope, string runId)
{
    /// <summary>The identity: what makes a record the same record in this run.</summary>
    public RecordIdentity Identity => fingerprinter.Identity;

    /// <summary>Makes a record from a row, without its key, which <see cref="Identify"/> sets.</summary>
    /// <returns>False when the row goes to quarantine; its fault then says why.</returns>
    public bool TryProcess(ParsedRow row, string sourceName, [NotNullWhen(true)] out PendingRecord? pending)
    {
        pending = null;
        if (row.Fault is not null)
        {
            return false;
        }

        if (!Currency.TryParse(row.CurrencyCode, out Currency? currency))
        {
            row.Fault = RowFaults.UnknownCurrency(row.CurrencyCode);
            return false;
        }

        Money amount = new(row.Amount!.Value, currency);
        if (!TryConvert(row, amount, out Money reporting, out ExchangeRate? rate)
            || !TryFingerprint(row, currency, out Fingerprint fingerprint))
        {
            return false;
        }

        BillingRecord record = new()
        {
            Key = default,
            IsPending = true,
            Fingerprint = fingerprint,
            Scope = row.Scope ?? scope,
            SourceId = row.SourceId,
            Date = row.Date,
            Instant = row.Instant,
            Party = row.Party,
            Account = row.Account,
            Description = row.Description,
            Amount = amount,
            ReportingAmount = reporting,
            ExchangeRate = rate,
            Attributes = row.Attributes,
            Source = new RecordSource(sourceName, row.Line, row.ByteOffset),
            RunId = runId,
        };

        Categorisation categorisation = settings.Categoriser.Apply(record);
        if (categorisation.FailedRequirement is { } failed)
        {
            row.Fault = new RowFault(QuarantineReason.RuleFailed, $"Rule '{failed.Name}' does not hold{(failed.Message is { } message ? ": " + message : "")}. Correct the source or the rule.");
            return false;
        }

        // Rules come first; the sender's word stands where they have none.
        pending = new PendingRecord(record, categorisation.Category is null && row.Category is { } stated ? categorisation with { Category = stated } : categorisation);
        return true;
    }

    /// <summary>Gives a record the next occurrence of its content in this run, and its key.</summary>
    public BillingRecord Identify(ParsedRow row, PendingRecord pending)
    {
        BillingRecord record = pending.Record;
        int occurrence = fingerprinter.NextOccurrence(row, record.Fingerprint, record.Scope);
        record.Complete(
            fingerprinter.Key(row, record.Source.Name, record.Scope, record.Fingerprint, occurrence),
            occurrence,
            pending.Categorisation);
        return record;
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

    private bool TryFingerprint(ParsedRow row, Currency currency, out Fingerprint fingerprint)
    {
        try
        {
            fingerprint = fingerprinter.Fingerprint(row, currency);
            return true;
        }
        catch (ArgumentException e)
        {
            fingerprint = default;
            row.Fault = new RowFault(QuarantineReason.BadEncoding, $"{e.Message} Correct the source.");
            return false;
        }
    }
}
