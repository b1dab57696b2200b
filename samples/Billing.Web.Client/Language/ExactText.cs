using System.Globalization;
using System.Text;

namespace Billing.Web.Client.Language;

/// <summary>Exact numbers in the reader's notation, written and read digit by digit: nothing is rounded on the way.</summary>
public static class ExactText
{
    private const int GroupSize = 3;
    private const int MostCharacters = 29;

    /// <summary>An amount with at least the decimals of its currency, and all that it has.</summary>
    public static string Of(Money money, CultureInfo culture) => Of(ExactSum.From(money.Amount), money.Currency.MinorUnits ?? 0, culture);

    /// <summary>A sum with at least so many decimals.</summary>
    public static string Of(ExactSum sum, string currency, CultureInfo culture) => Of(sum, Currency.TryParse(currency, out Currency? known) ? known.MinorUnits ?? 0 : 0, culture);

    /// <summary>An amount as it is put into a field: without groups, so that it can be read in one way only.</summary>
    public static string ToEdit(Money money, CultureInfo culture) => Of(ExactSum.From(money.Amount), money.Currency.MinorUnits ?? 0, culture, "");

    /// <summary>A sum with at least so many decimals.</summary>
    public static string Of(ExactSum sum, int decimals, CultureInfo culture) => Of(sum, decimals, culture, culture.NumberFormat.NumberGroupSeparator);

    private static string Of(ExactSum sum, int decimals, CultureInfo culture, string group)
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
                text.Append(group);
            }

            text.Append(parts[0][i]);
        }

        return fraction.Length == 0 ? text.ToString() : text.Append(culture.NumberFormat.NumberDecimalSeparator).Append(fraction).ToString();
    }

    /// <summary>Reads what a person typed, in the notation of the culture: groups only where they belong. What can be read in two ways is not read.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="culture">The notation.</param>
    /// <param name="isCount">Whether it is a number of things, which has no decimals: one group alone is then no question.</param>
    /// <returns>The number as an exact decimal with a point; null if it is none.</returns>
    public static string? Read(string? typed, CultureInfo culture, bool isCount = false) => Parse(typed, culture) is var (number, isQuestion) && (isCount || !isQuestion) ? number : null;

    /// <summary>What a number is that has one group and no decimals, such as 1,234: it can be meant as 1234 and, by another notation, as 1.234.</summary>
    /// <returns>The digits without the group; null for anything else.</returns>
    public static string? Question(string? typed, CultureInfo culture) => Parse(typed, culture) is var (number, isQuestion) && isQuestion ? number : null;

    private static (string Number, bool IsQuestion)? Parse(string? typed, CultureInfo culture)
    {
        string text = (typed ?? "").Trim().Replace('\u2212', '-');
        bool negative = text.StartsWith('-');
        string[] parts = (negative ? text[1..] : text).Split(culture.NumberFormat.NumberDecimalSeparator);
        string[] groups = Alike(parts[0]).Split(Alike(culture.NumberFormat.NumberGroupSeparator));
        bool isGrouped = groups.Length > 1;
        if (parts.Length > 2 || !parts.Skip(1).Concat(groups).All(IsDigits)
            || (isGrouped && (groups[0].Length > GroupSize || groups[0][0] == '0' || groups.Skip(1).Any(part => part.Length != GroupSize))))
        {
            return null;
        }

        string whole = string.Concat(groups);
        string number = parts.Length == 2 ? $"{whole}.{parts[1]}" : whole;
        return ExactSum.Parse(number).ToString().Length > MostCharacters || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? null
            : (negative ? "-" + number : number, groups.Length == 2 && parts.Length == 1);
    }

    // A keyboard has one blank and one apostrophe.
    private static string Alike(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ').Replace('\u2019', '\'');

    /// <summary>The number of decimals of an exact number.</summary>
    public static int Decimals(string number) => number.IndexOf('.') is >= 0 and int point ? number.Length - point - 1 : 0;

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
