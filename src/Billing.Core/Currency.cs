using System.Diagnostics.CodeAnalysis;

namespace Billing;

/// <summary>A currency of ISO 4217. Instances are shared: two currencies are the same when they are the same object.</summary>
public sealed class Currency
{
    internal Currency(string code, int number, int? minorUnits, string name, DateOnly? withdrawnOn)
    {
        Code = code;
        Number = number;
        MinorUnits = minorUnits;
        Name = name;
        WithdrawnOn = withdrawnOn;
    }

    /// <summary>The alphabetic code, three capital letters, such as <c>USD</c>.</summary>
    public string Code { get; }

    /// <summary>The numeric code, such as 840.</summary>
    public int Number { get; }

    /// <summary>The number of decimals of an amount (JPY 0, USD 2, KWD 3), or null where ISO 4217 names none (gold, testing).</summary>
    public int? MinorUnits { get; }

    /// <summary>The English name of ISO 4217, such as <c>US Dollar</c>.</summary>
    public string Name { get; }

    /// <summary>When the currency was withdrawn (the first day of that month), or null while it is in use.</summary>
    public DateOnly? WithdrawnOn { get; }

    /// <summary>The US dollar, the default reporting currency.</summary>
    public static Currency Usd { get; } = Parse("USD");

    /// <summary>The euro, the base of the reference rates of the European Central Bank.</summary>
    public static Currency Eur { get; } = Parse("EUR");

    /// <summary>Every currency of ISO 4217, in use (list one) and withdrawn (list three), by code.</summary>
    public static IReadOnlyList<Currency> All => throw new NotImplementedException();

    /// <summary>The currency with the alphabetic code <paramref name="code"/>, in any case, spaces around it ignored.</summary>
    /// <exception cref="FormatException">ISO 4217 has no such code.</exception>
    public static Currency Parse(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return TryParse(code, out Currency? currency)
            ? currency
            : throw new FormatException($"'{code}' is not a currency of ISO 4217. Use the alphabetic code, such as USD, EUR or JPY.");
    }

    /// <summary>Finds the currency with the alphabetic code <paramref name="code"/>, in any case, spaces around it ignored.</summary>
    /// <returns>Whether ISO 4217 has that code.</returns>
    public static bool TryParse(ReadOnlySpan<char> code, [NotNullWhen(true)] out Currency? currency) => throw new NotImplementedException();

    /// <summary>The alphabetic code.</summary>
    public override string ToString() => Code;
}
