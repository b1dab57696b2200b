using System.Globalization;

namespace Billing.Stores;

/// <summary>The fields of a record that are its own, whichever run stored it, as texts that lose nothing.</summary>
internal static class RecordDifferences
{
    /// <summary>The fields in which two records differ.</summary>
    public static IReadOnlyList<FieldDifference> Between(BillingRecord one, BillingRecord other)
    {
        FieldComparer compare = new();
        compare.Text("key", one.Key.ToString(), other.Key.ToString());
        compare.Text("fingerprint", one.Fingerprint.ToString(), other.Fingerprint.ToString());
        compare.Text("occurrence", Number(one.Occurrence), Number(other.Occurrence));
        compare.Text("scope", one.Scope, other.Scope);
        compare.Text("sourceId", one.SourceId, other.SourceId);
        compare.Text("date", Date(one.Date), Date(other.Date));
        compare.Text("instant", Instant(one.Instant), Instant(other.Instant));
        compare.Text("party", one.Party, other.Party);
        compare.Text("account", one.Account, other.Account);
        compare.Text("description", one.Description, other.Description);
        Money(compare, "amount", "currency", one.Amount, other.Amount);
        Money(compare, "reportingAmount", "reportingCurrency", one.ReportingAmount, other.ReportingAmount);
        compare.Text("exchangeRate.rate", one.ExchangeRate?.ValueText, other.ExchangeRate?.ValueText);
        compare.Text("exchangeRate.date", Date(one.ExchangeRate?.Date), Date(other.ExchangeRate?.Date));
        compare.Text("exchangeRate.source", one.ExchangeRate?.Source, other.ExchangeRate?.Source);
        compare.Text("category", one.Category, other.Category);
        compare.Text("categoryRule", one.CategoryRule, other.CategoryRule);
        compare.Texts("flags", one.Flags, other.Flags);
        compare.Texts("alerts", one.Alerts, other.Alerts);
        compare.Attributes(one.Attributes, other.Attributes);
        compare.Source(one.Source, other.Source);
        return compare.Differences;
    }

    private static void Money(FieldComparer compare, string amount, string currency, Money one, Money other)
    {
        compare.Text(amount, one.Amount.ToString(CultureInfo.InvariantCulture), other.Amount.ToString(CultureInfo.InvariantCulture));
        compare.Text(currency, one.Currency.Code, other.Currency.Code);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Date(DateOnly? date) => date?.ToString("O", CultureInfo.InvariantCulture);

    private static string? Instant(DateTimeOffset? instant) => instant?.ToString("O", CultureInfo.InvariantCulture);
}
