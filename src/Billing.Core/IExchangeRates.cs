using System.Diagnostics.CodeAnalysis;

namespace Billing;

/// <summary>Exchange rates in memory. They are looked up for every record that is not in the reporting currency, by one thread at a time per run and by several runs at once.</summary>
public interface IExchangeRates
{
    /// <summary>Finds the rate from <paramref name="from"/> to <paramref name="to"/> that is valid on <paramref name="date"/>. Never invents one.</summary>
    /// <returns>Whether there is one.</returns>
    bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate);
}
