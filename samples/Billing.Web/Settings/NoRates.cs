using System.Diagnostics.CodeAnalysis;

namespace Billing.Web.Settings;

/// <summary>The rates of a host that has none: only the reporting currency can be stored. It is given to no pipeline, so that a run keeps that there were no rates.</summary>
internal sealed class NoRates : IExchangeRates
{
    private NoRates()
    {
    }

    public static NoRates Instance { get; } = new();

    public bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate)
    {
        rate = null;
        return false;
    }
}
