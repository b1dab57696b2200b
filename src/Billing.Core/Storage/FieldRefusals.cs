namespace Billing.Storage;

/// <summary>Why a store cannot hold a record exactly, as every store says it.</summary>
internal static class FieldRefusals
{
    /// <summary>Returns the refusal of a text that is not valid Unicode.</summary>
    public static string NotUnicode(string column) => $"The value of '{column}' contains half of a surrogate pair. That is not valid Unicode, and would not be read back unchanged. Correct it in the source.";

    /// <summary>Returns the refusal of a record whose rate has other currencies than its amounts, or null.</summary>
    public static string? OfRate(BillingRecord record) => record.ExchangeRate is { } rate && (rate.Base != record.Amount.Currency || rate.Quote != record.ReportingAmount.Currency)
        ? $"The exchange rate is from {rate.Base} to {rate.Quote}, but the amounts are in {record.Amount.Currency} and {record.ReportingAmount.Currency}. Correct the rate."
        : null;
}
