using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Billing.Currencies;
using Billing.Texts;

namespace Billing;

/// <summary>A currency of ISO 4217. Instances are shared: two currencies are the same if they are the same object.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed class Currency : ISpanParsable<Currency>, ISpanFormattable, IUtf8SpanFormattable
{
    internal Currency(int ordinal, string code, int number, int? minorUnits, string name, DateOnly? withdrawnOn)
    {
        Ordinal = ordinal;
        Code = code;
        Number = number;
        MinorUnits = minorUnits;
        Name = name;
        WithdrawnOn = withdrawnOn;
    }

    /// <summary>The alphabetic code, three capital letters, such as <c>USD</c>.</summary>
    public string Code { get; }

    /// <summary>The numeric code, such as 840; 0 for the three withdrawn funds codes that never had one (XFO, XFU, XRE).</summary>
    public int Number { get; }

    /// <summary>
    /// The number of decimals of an amount (JPY 0, USD 2, KWD 3), or null if ISO 4217 names none (gold, testing).
    /// ISO 4217 lists none for withdrawn currencies: they have those of their time (ITL 0), or 2 if that is in doubt.
    /// </summary>
    public int? MinorUnits { get; }

    /// <summary>The English name in ISO 4217, such as <c>US Dollar</c>.</summary>
    public string Name { get; }

    /// <summary>When the currency was withdrawn (the first day of that month; December if ISO 4217 names only the year), or null while it is in use.</summary>
    public DateOnly? WithdrawnOn { get; }

    /// <summary>The US dollar, the default reporting currency.</summary>
    public static Currency Usd { get; } = Parse("USD");

    /// <summary>The euro, the base of the reference rates of the European Central Bank.</summary>
    public static Currency Eur { get; } = Parse("EUR");

    /// <summary>Every currency of ISO 4217, in use (list one) and withdrawn (list three), ordered by code.</summary>
    public static IReadOnlyList<Currency> All => Iso4217Table.All;

    /// <summary>Returns the currency with the alphabetic code <paramref name="code"/>, in any letter case, ignoring spaces around it.</summary>
    /// <exception cref="FormatException">ISO 4217 has no such code.</exception>
    public static Currency Parse(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Parse(code.AsSpan());
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static Currency Parse(ReadOnlySpan<char> code) => TryParse(code, out Currency? currency)
        ? currency
        : throw new FormatException($"'{code}' is not a currency of ISO 4217. Use the alphabetic code, such as USD, EUR or JPY.");

    /// <summary>Finds the currency with the alphabetic code <paramref name="code"/>, in any letter case, ignoring spaces around it.</summary>
    /// <returns>Whether ISO 4217 has that code.</returns>
    public static bool TryParse(ReadOnlySpan<char> code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = Iso4217Table.Find(code.Trim());
        return currency is not null;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Currency?)"/>
    public static bool TryParse([NotNullWhen(true)] string? code, [NotNullWhen(true)] out Currency? currency) => TryParse(code.AsSpan(), out currency);

    /// <summary>The alphabetic code.</summary>
    public override string ToString() => Code;

    static Currency IParsable<Currency>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static Currency ISpanParsable<Currency>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Currency>.TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Currency result) => TryParse(s, out result);

    static bool ISpanParsable<Currency>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out Currency result) => TryParse(s, out result);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => Code;

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => TextFormat.TryWrite(Code, destination, out charsWritten);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => TextFormat.TryWrite(Code, utf8Destination, out bytesWritten);

    /// <summary>The index in <see cref="All"/>: a small number, for tables by currency.</summary>
    internal int Ordinal { get; }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Currency?)"/>
    internal static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Currency? currency)
    {
        currency = Iso4217Table.Find(utf8.Trim(" \t\r\n"u8));
        return currency is not null;
    }
}
