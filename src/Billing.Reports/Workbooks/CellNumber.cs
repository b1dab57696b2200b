using System.Globalization;

namespace Billing.Workbooks;

/// <summary>Says which amounts a cell holds exactly: binary floating point keeps 15 significant digits of every decimal number.</summary>
internal static class CellNumber
{
    private const int MostDigits = 15;

    // Smaller ones have leading zeros that no format of a cell shows.
    private const int MostDecimals = 20;

    /// <summary>Returns the number if a cell holds it exactly.</summary>
    public static decimal? Of(ExactSum sum)
    {
        string text = sum.ToString();
        string digits = text.Replace(".", "", StringComparison.Ordinal).TrimStart('-', '0').TrimEnd('0');
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return digits.Length <= MostDigits && (point < 0 || text.Length - point - 1 <= MostDecimals) && text.Length <= 28
            ? decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : null;
    }
}
