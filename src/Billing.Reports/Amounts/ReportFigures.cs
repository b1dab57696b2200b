namespace Billing.Amounts;

/// <summary>Amounts as finance people read them, the same in every culture.</summary>
internal static class ReportFigures
{
    private const int Usual = 2;

    /// <summary>The decimals of a currency.</summary>
    public static int DecimalsOf(string currencyCode) => Currency.TryParse(currencyCode, out Currency? currency) ? currency.MinorUnits ?? 0 : Usual;

    /// <summary>Every digit, groups of three, at least the decimals of the currency.</summary>
    public static string Text(ExactSum sum, string currencyCode)
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
