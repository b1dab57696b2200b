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

    // 0.004 USD is, 12.50 and 12.500 USD are not.
    private static bool IsSmall(Money amount) =>
        amount.Currency.MinorUnits is { } minorUnits && amount.Amount.Scale > minorUnits && decimal.Round(amount.Amount, minorUnits) != amount.Amount;
}
