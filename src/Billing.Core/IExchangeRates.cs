using System.Diagnostics.CodeAnalysis;

namespace Billing;

/// <summary>Exchange rates, in memory. Called for every record whose currency is not the reporting one, from one thread at a time per run, from several runs at once.</summary>
public interface IExchangeRates
{
    /// <summary>Finds the rate from <paramref name="from"/> to <paramref name="to"/> that is valid on <paramref name="date"/>. Never invents one.</summary>
    /// <returns>Whether there is one.</returns>
    bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate);
}
