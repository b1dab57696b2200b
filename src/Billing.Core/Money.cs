using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Billing.Values;

namespace Billing;

/// <summary>An exact amount in one currency. The scale of the amount is kept: 12.50 stays 12.50.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public readonly record struct Money : ISpanParsable<Money>, ISpanFormattable, IUtf8SpanFormattable
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

    /// <summary>Reads what <see cref="ToString()"/> writes, such as <c>12.50 USD</c>: an amount of at most 28 digits with a point, a space, a code of ISO 4217.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is anything else.</exception>
    public static Money Parse(ReadOnlySpan<char> s) =>
        TryParse(s, out Money value) ? value : throw new FormatException($"'{s}' is not an amount with an ISO 4217 currency, such as 12.50 USD.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static Money Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan());
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Money)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out Money result) => TryParse(s.AsSpan(), out result);

    /// <summary>Reads what <see cref="ToString()"/> writes.</summary>
    /// <returns>Whether <paramref name="s"/> is that.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, out Money result)
    {
        int space = s.LastIndexOf(' ');
        bool parsed = TryParseAmount(space < 0 ? [] : s[..space], out decimal amount) & Currency.TryParse(s[(space + 1)..], out Currency? currency);
        result = parsed ? new Money(amount, currency!) : default;
        return parsed;
    }

    /// <summary>Returns the amount and the code, such as <c>12.50 USD</c>, the same in every culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency?.Code}");

    static Money IParsable<Money>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static Money ISpanParsable<Money>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Money>.TryParse(string? s, IFormatProvider? provider, out Money result) => TryParse(s, out result);

    static bool ISpanParsable<Money>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Money result) => TryParse(s, out result);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{Amount} {Currency?.Code}", out charsWritten);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"{Amount} {Currency?.Code}", out bytesWritten);

    // What is rounded on its way in is refused; a decimal of 29 digits that is written out in full is not.
    internal static bool TryParseAmount(ReadOnlySpan<char> text, out decimal amount) =>
        ExactDecimal.TryParse(text, out amount)
        || (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount)
            && text.SequenceEqual(amount.ToString(CultureInfo.InvariantCulture)));
}
