using System.Text;

namespace Billing.Sinks.Sql;

/// <summary>What no SQL store of Billing can hold exactly, and how it is said.</summary>
internal static class RecordRules
{
    /// <summary>The refusal of a text that is no Unicode.</summary>
    public static string NotUnicode(string column) => $"The value of '{column}' has half of a surrogate pair, which is no Unicode text and would not come back the same. Correct it in the source.";

    /// <summary>The refusal of a text that is too long for its column.</summary>
    public static string TooLong(string column, int longest) => FormattableString.Invariant($"The value of '{column}' has more than {longest} bytes in UTF-8. Shorten it.");

    /// <summary>The refusal of a record whose rate is of other currencies than its amounts, or null.</summary>
    public static string? RefusalOfRate(BillingRecord record) => record.ExchangeRate is { } rate && (rate.Base != record.Amount.Currency || rate.Quote != record.ReportingAmount.Currency)
        ? $"The exchange rate is of {rate.Base} to {rate.Quote}, but the amounts are in {record.Amount.Currency} and {record.ReportingAmount.Currency}. Correct the rate."
        : null;

    /// <summary>Why a record cannot be stored, or null.</summary>
    public static string? RefusalOf(BillingRecord record) =>
        ColumnWithoutUnicode(record) is { } column ? NotUnicode(column)
        : Encoding.UTF8.GetByteCount(record.Source.Name) > SqlSchema.LongestSource ? TooLong("source", SqlSchema.LongestSource)
        : Encoding.UTF8.GetByteCount(record.RunId) > SqlSchema.LongestRunId ? TooLong("run_id", SqlSchema.LongestRunId)
        : RefusalOfRate(record);

    private static string? ColumnWithoutUnicode(BillingRecord record) =>
        !UnicodeText.IsWellFormed(record.Scope) ? "scope"
        : !UnicodeText.IsWellFormed(record.SourceId) ? "source_id"
        : !UnicodeText.IsWellFormed(record.Party) ? "party"
        : !UnicodeText.IsWellFormed(record.Account) ? "account"
        : !UnicodeText.IsWellFormed(record.Description) ? "description"
        : !UnicodeText.IsWellFormed(record.ExchangeRate?.Source) ? "rate_source"
        : !UnicodeText.IsWellFormed(record.Category) ? "category"
        : !UnicodeText.IsWellFormed(record.CategoryRule) ? "category_rule"
        : !record.Flags.All(text => UnicodeText.IsWellFormed(text)) ? "flags"
        : !record.Alerts.All(text => UnicodeText.IsWellFormed(text)) ? "alerts"
        : !record.Attributes.All(pair => UnicodeText.IsWellFormed(pair.Key) && UnicodeText.IsWellFormed(pair.Value)) ? "attributes"
        : !UnicodeText.IsWellFormed(record.Source.Name) ? "source"
        : !UnicodeText.IsWellFormed(record.RunId) ? "run_id"
        : null;
}
