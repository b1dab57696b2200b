using System.Globalization;

namespace Billing;

/// <summary>An exact amount in one currency. The scale of the amount is kept: 12.50 stays 12.50.</summary>
public readonly record struct Money
{
    /// <summary>Creates an amount of <paramref name="currency"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="currency"/> is null.</exception>
    public Money(decimal amount, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        Amount = amount;
        Currency = currency;
    }

    /// <summary>The amount, in units of the currency (dollars, not cents).</summary>
    public decimal Amount { get; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; }

    /// <summary>The amount and the code, such as <c>12.50 USD</c>, the same in every culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency?.Code}");
}
