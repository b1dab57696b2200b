using System.Globalization;
using System.Text;

namespace Billing.Web.Client.Language;

/// <summary>Exact numbers in the reader's notation, written and read digit by digit: nothing is rounded on the way.</summary>
public static class ExactText
{
    private const int GroupSize = 3;

    /// <summary>An amount with at least the decimals of its currency, and all that it has.</summary>
    public static string Of(Money money, CultureInfo culture) => Of(ExactSum.From(money.Amount), money.Currency.MinorUnits ?? 0, culture);

    /// <summary>A sum with at least so many decimals.</summary>
    public static string Of(ExactSum sum, string currency, CultureInfo culture) => Of(sum, Currency.TryParse(currency, out Currency? known) ? known.MinorUnits ?? 0 : 0, culture);

    /// <summary>A sum with at least so many decimals.</summary>
    public static string Of(ExactSum sum, int decimals, CultureInfo culture)
    {
        string digits = sum.ToString();
        bool negative = digits[0] == '-';
        string[] parts = digits.TrimStart('-').Split('.');
        string fraction = (parts.Length > 1 ? parts[1] : "").PadRight(decimals, '0');
        StringBuilder text = new(negative ? "\u2212" : "");
        for (int i = 0; i < parts[0].Length; i++)
        {
            if (i > 0 && (parts[0].Length - i) % GroupSize == 0)
            {
                text.Append(culture.NumberFormat.NumberGroupSeparator);
            }

            text.Append(parts[0][i]);
        }

        return fraction.Length == 0 ? text.ToString() : text.Append(culture.NumberFormat.NumberDecimalSeparator).Append(fraction).ToString();
    }

    /// <summary>Reads what a person typed, in the notation of the culture: groups only where they belong. What can be read in two ways is not read.</summary>
    /// <returns>The number as an exact decimal with a point; null if it is none.</returns>
    public static string? Read(string? typed, CultureInfo culture)
    {
        string text = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c))).Replace('\u2212', '-');
        string mark = culture.NumberFormat.NumberDecimalSeparator;
        string group = culture.NumberFormat.NumberGroupSeparator;
        string[] parts = text.TrimStart('-').Split(mark);
        if (parts.Length > 2 || text.LastIndexOf('-') > 0 || (parts.Length == 2 && !IsDigits(parts[1])))
        {
            return null;
        }

        string[] groups = parts[0].Split(group.Trim().Length == 0 ? "\0" : group);
        bool grouped = groups.Length == 1 || (groups[0].Length is >= 1 and <= GroupSize && groups.Skip(1).All(part => part.Length == GroupSize));
        string whole = string.Concat(groups);
        if (!grouped || !IsDigits(whole))
        {
            return null;
        }

        string number = parts.Length == 2 ? $"{whole}.{parts[1]}" : whole;
        return ExactSum.TryParse(number, out ExactSum value) && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) && value.ToString().Length <= 29
            ? text.StartsWith('-') ? "-" + number : number
            : null;
    }

    /// <summary>The number of decimals of an exact number.</summary>
    public static int Decimals(string number) => number.IndexOf('.') is >= 0 and int point ? number.Length - point - 1 : 0;

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
