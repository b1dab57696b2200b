using System.Diagnostics.CodeAnalysis;

namespace Billing.Currencies;

/// <summary>Converts amounts to another currency, by one rule for the number of decimals of the result.</summary>
internal static class MoneyConverter
{
    /// <summary>
    /// Converts an amount to the currency that a rate leads to, which has minor units. Rounds to them, or is exact if the amount has more decimals than its own currency.
    /// </summary>
    /// <returns>Whether the result has at most 28 digits.</returns>
    public static bool TryConvert(Money amount, ExchangeRate rate, MidpointRounding rounding, out Money converted)
    {
        int minorUnits = rate.Quote.MinorUnits!.Value;
        bool fits = IsSmall(amount)
            ? SmallAmountConverter.TryConvert(amount.Amount, rate, minorUnits, rounding, out decimal number)
            : CurrencyConverter.TryConvert(amount.Amount, rate, minorUnits, rounding, out number);
        converted = new Money(number, rate.Quote);
        return fits;
    }

    /// <summary>States a record that was converted at other rates.</summary>
    /// <param name="record">The record. One that was not converted has no rate, and stays as it is.</param>
    /// <param name="rates">The rates.</param>
    /// <param name="rounding">How amounts are rounded.</param>
    /// <param name="restated">The record at its rate among them.</param>
    /// <returns>Whether they have one, and the amount has at most 28 digits.</returns>
    public static bool TryRestate(BillingRecord record, IExchangeRates rates, MidpointRounding rounding, [NotNullWhen(true)] out BillingRecord? restated)
    {
        restated = record.ExchangeRate is null ? record
            : rates.TryGetRate(record.Amount.Currency, record.ReportingAmount.Currency, record.Date, out ExchangeRate? rate) && TryConvert(record.Amount, rate, rounding, out Money amount) ? record.Restated(amount, rate)
            : null;
        return restated is not null;
    }

    // 0.004 USD is, 12.50 and 12.500 USD are not.
    private static bool IsSmall(Money amount) =>
        amount.Currency.MinorUnits is { } minorUnits && amount.Amount.Scale > minorUnits && decimal.Round(amount.Amount, minorUnits) != amount.Amount;
}
