using System.Globalization;
using System.Text.Json.Serialization;
using Billing.Currencies;

namespace Billing;

/// <summary>
/// An exchange rate: 1 <see cref="Base"/> is <see cref="Numerator"/> / <see cref="Denominator"/> <see cref="Quote"/>.
/// A cross rate keeps both of its legs, so that a conversion is exact until it is rounded once.
/// </summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed record ExchangeRate
{
    /// <summary>Creates a rate.</summary>
    /// <param name="base">The currency that is converted from.</param>
    /// <param name="quote">The currency that is converted to.</param>
    /// <param name="numerator">Units of <paramref name="quote"/>, greater than zero.</param>
    /// <param name="date">The date of the rate, or null if its source states none.</param>
    /// <param name="source">The source of the rate, such as <c>ECB</c> or a file name.</param>
    /// <param name="denominator">Units of <paramref name="base"/>, greater than zero; 1 unless this is a cross or an inverse rate.</param>
    /// <exception cref="BillingConfigurationException">A number is zero or negative, or the source is blank.</exception>
    public ExchangeRate(Currency @base, Currency quote, decimal numerator, DateOnly? date, string source, decimal denominator = 1m)
    {
        ArgumentNullException.ThrowIfNull(@base);
        ArgumentNullException.ThrowIfNull(quote);
        ArgumentNullException.ThrowIfNull(source);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(source), nameof(ExchangeRate), nameof(Source), source, "who said so, such as ECB");
        BillingConfigurationException.ThrowUnless(numerator > 0m, nameof(ExchangeRate), nameof(Numerator), numerator, "a number over zero");
        BillingConfigurationException.ThrowUnless(denominator > 0m, nameof(ExchangeRate), nameof(Denominator), denominator, "a number over zero");
        Base = @base;
        Quote = quote;
        Numerator = numerator;
        Denominator = denominator;
        Date = date;
        Source = source;
    }

    /// <summary>The currency that is converted from.</summary>
    public Currency Base { get; }

    /// <summary>The currency that is converted to.</summary>
    public Currency Quote { get; }

    /// <summary>Units of <see cref="Quote"/> that equal <see cref="Denominator"/> units of <see cref="Base"/>.</summary>
    public decimal Numerator { get; }

    /// <summary>Units of <see cref="Base"/>; 1 unless this is a cross or an inverse rate.</summary>
    public decimal Denominator { get; }

    /// <summary>The date of the rate, or null if its source states none.</summary>
    public DateOnly? Date { get; }

    /// <summary>The source of the rate.</summary>
    public string Source { get; }

    /// <summary>The rate as one number, rounded to 28 digits if a cross rate has more. For display; conversions use both legs.</summary>
    public decimal Value => Denominator == 1m ? Numerator : Numerator / Denominator;

    /// <summary>The exact value as text: <c>0.75</c>, or <c>1.1684/0.87058</c> for a cross rate. Stores keep this text.</summary>
    public string ValueText => Denominator == 1m
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>Reads what <see cref="ValueText"/> wrote.</summary>
    /// <exception cref="FormatException"><paramref name="valueText"/> does not have that format.</exception>
    public static ExchangeRate FromValueText(Currency @base, Currency quote, string valueText, DateOnly? date, string source)
    {
        ArgumentNullException.ThrowIfNull(valueText);
        int slash = valueText.IndexOf('/', StringComparison.Ordinal);
        decimal numerator = Number(slash < 0 ? valueText : valueText[..slash]);
        return new ExchangeRate(@base, quote, numerator, date, source, slash < 0 ? 1m : Number(valueText[(slash + 1)..]));
    }

    /// <summary>Converts an amount in <see cref="Base"/>, exactly, and rounds once to the minor units of <see cref="Quote"/>, half to even; an amount with more decimals than its own currency has keeps its exact product.</summary>
    /// <returns>Whether the result has at most 28 digits, and <see cref="Quote"/> has minor units.</returns>
    /// <exception cref="ArgumentException"><paramref name="amount"/> is in another currency than <see cref="Base"/>.</exception>
    public bool TryConvert(Money amount, out Money converted)
    {
        if (amount.Currency != Base)
        {
            throw new ArgumentException($"The amount is in {amount.Currency}, and the rate is of {Base}.", nameof(amount));
        }

        converted = default;
        return Quote.MinorUnits is not null && MoneyConverter.TryConvert(amount, this, MidpointRounding.ToEven, out converted);
    }

    /// <summary>Returns the rate as an equation, such as <c>1 CAD = 0.75 USD (fixed)</c>.</summary>
    public override string ToString() => Date is { } date
        ? string.Create(CultureInfo.InvariantCulture, $"1 {Base} = {ValueText} {Quote} ({Source}, {date:yyyy-MM-dd})")
        : $"1 {Base} = {ValueText} {Quote} ({Source})";

    private static decimal Number(string text) =>
        decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
