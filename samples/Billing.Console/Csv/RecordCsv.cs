using System.Globalization;
using Billing.Console.Json;

namespace Billing.Console.Csv;

/// <summary>Records as CSV: one line each, attributes as the JSON object that <c>--json</c> has.</summary>
internal static class RecordCsv
{
    public static CsvColumns<BillingRecord> Columns { get; } = new(
        [
            "key", "date", "instant", "party", "account", "description", "amount", "currency", "reporting_amount", "reporting_currency",
            "rate", "rate_base", "rate_quote", "rate_date", "rate_source", "category", "category_rule", "flags", "alerts", "source_id", "scope", "occurrence",
            "source", "line", "byte_offset", "run_id", "fingerprint", "attributes",
        ],
        Write);

    private static void Write(CsvFile csv, BillingRecord record)
    {
        csv.WriteExact(record.Key.ToString());
        csv.WriteDate(record.Date);
        csv.WriteExact(record.Instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
        csv.WriteText(record.Party);
        csv.WriteText(record.Account);
        csv.WriteText(record.Description);
        csv.WriteAmount(record.Amount.Amount);
        csv.WriteExact(record.Amount.Currency.Code);
        csv.WriteAmount(record.ReportingAmount.Amount);
        csv.WriteExact(record.ReportingAmount.Currency.Code);
        csv.WriteExact(record.ExchangeRate?.ValueText);
        csv.WriteExact(record.ExchangeRate?.Base.Code);
        csv.WriteExact(record.ExchangeRate?.Quote.Code);
        csv.WriteExact(record.ExchangeRate?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteText(record.ExchangeRate?.Source);
        csv.WriteText(record.Category);
        csv.WriteText(record.CategoryRule);
        csv.WriteText(string.Join("; ", record.Flags));
        csv.WriteText(string.Join("; ", record.Alerts));
        csv.WriteText(record.SourceId);
        csv.WriteText(record.Scope);
        csv.WriteNumber(record.Occurrence);
        csv.WriteText(record.Source.Name);
        csv.WriteNumber(record.Source.Line);
        csv.WriteNumber(record.Source.ByteOffset);
        csv.WriteText(record.RunId);
        csv.WriteExact(record.Fingerprint.ToString());
        csv.WriteText(JsonOutput.Compact(json => RecordJson.WriteAttributes(json, record)));
        csv.EndRow();
    }
}
