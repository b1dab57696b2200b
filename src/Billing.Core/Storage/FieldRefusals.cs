namespace Billing.Storage;

/// <summary>Why a store cannot hold a record exactly, as every store says it.</summary>
internal static class FieldRefusals
{
    /// <summary>The refusal of a text that is no Unicode.</summary>
    public static string NotUnicode(string column) => $"The value of '{column}' has half of a surrogate pair, which is no Unicode text and would not come back the same. Correct it in the source.";

    /// <summary>The refusal of a record whose rate is of other currencies than its amounts, or null.</summary>
    public static string? OfRate(BillingRecord record) => record.ExchangeRate is { } rate && (rate.Base != record.Amount.Currency || rate.Quote != record.ReportingAmount.Currency)
        ? $"The exchange rate is of {rate.Base} to {rate.Quote}, but the amounts are in {record.Amount.Currency} and {record.ReportingAmount.Currency}. Correct the rate."
        : null;
}
