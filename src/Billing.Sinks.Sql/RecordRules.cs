using System.Text;

namespace Billing.Sinks.Sql;

/// <summary>What no SQL store of Billing can hold exactly.</summary>
internal static class RecordRules
{
    /// <summary>Why a record cannot be stored, or null.</summary>
    public static string? RefusalOf(BillingRecord record) =>
        NotUnicode(record) is { } column ? $"The value of '{column}' has half of a surrogate pair, which is no Unicode text and would not come back the same. Correct it in the source."
        : TooLong("source", record.Source.Name, SqlSchema.LongestSource)
        ?? TooLong("run_id", record.RunId, SqlSchema.LongestRunId)
        ?? (record.ExchangeRate is { } rate && (rate.Base != record.Amount.Currency || rate.Quote != record.ReportingAmount.Currency)
            ? $"The exchange rate is of {rate.Base} to {rate.Quote}, but the amounts are in {record.Amount.Currency} and {record.ReportingAmount.Currency}. Correct the rate."
            : null);

    private static string? TooLong(string column, string value, int longest) => Encoding.UTF8.GetByteCount(value) > longest
        ? FormattableString.Invariant($"The value of '{column}' has more than {longest} bytes in UTF-8. Shorten it.")
        : null;

    private static string? NotUnicode(BillingRecord record)
    {
        (string Column, string? Value)[] texts =
        [
            ("scope", record.Scope), ("source_id", record.SourceId), ("party", record.Party), ("account", record.Account), ("description", record.Description),
            ("rate_source", record.ExchangeRate?.Source), ("category", record.Category), ("category_rule", record.CategoryRule), ("source", record.Source.Name), ("run_id", record.RunId),
        ];
        foreach ((string column, string? value) in texts)
        {
            if (!UnicodeText.IsWellFormed(value))
            {
                return column;
            }
        }

        return !record.Flags.All(text => UnicodeText.IsWellFormed(text)) ? "flags"
            : !record.Alerts.All(text => UnicodeText.IsWellFormed(text)) ? "alerts"
            : !record.Attributes.All(pair => UnicodeText.IsWellFormed(pair.Key) && UnicodeText.IsWellFormed(pair.Value)) ? "attributes"
            : null;
    }
}
