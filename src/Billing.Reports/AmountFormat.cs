namespace Billing;

/// <summary>Amounts as finance people read them, the same in every culture: 1,234,567.80.</summary>
public static class AmountFormat
{
    // Of a code that is not in ISO 4217.
    private const int Usual = 2;

    /// <summary>The number of decimals of a currency (JPY 0, USD 2, KWD 3); 2 for a code that ISO 4217 does not know.</summary>
    /// <param name="currencyCode">The code, such as USD.</param>
    public static int DecimalsOf(string currencyCode) => Currency.TryParse(currencyCode, out Currency? currency) ? currency.MinorUnits ?? 0 : Usual;

    /// <summary>Every digit of an amount, in groups of three, with at least the decimals of its currency, without its code.</summary>
    /// <param name="sum">The amount.</param>
    /// <param name="currencyCode">The code of its currency, such as USD.</param>
    public static string Of(ExactSum sum, string currencyCode)
    {
        string plain = sum.ToString();
        string sign = plain.StartsWith('-') ? "-" : "";
        string[] parts = plain[sign.Length..].Split('.');
        string fraction = (parts.Length > 1 ? parts[1] : "").PadRight(DecimalsOf(currencyCode), '0');
        string whole = parts[0];
        for (int i = whole.Length - 3; i > 0; i -= 3)
        {
            whole = whole.Insert(i, ",");
        }

        return fraction.Length == 0 ? sign + whole : $"{sign}{whole}.{fraction}";
    }
}
