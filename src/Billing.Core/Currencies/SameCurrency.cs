namespace Billing.Currencies;

/// <summary>The rate of a currency to itself. The pipeline never asks for it; any other caller gets 1.</summary>
internal static class SameCurrency
{
    private static readonly ExchangeRate?[] Rates = new ExchangeRate?[Iso4217Table.All.Count];

    public static ExchangeRate Rate(Currency currency) =>
        Rates[currency.Ordinal] ??= new ExchangeRate(currency, currency, 1m, date: null, "same currency");
}
