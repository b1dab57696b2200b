using System.Globalization;

namespace Billing.Console.Views;

/// <summary>Numbers as finance people read them: 1,234,567.80, the same in every culture.</summary>
internal static class Figures
{
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number and what it counts, as many as there are: 1 row, 2 rows.</summary>
    public static string Count(long number, string one) => $"{Count(number)} {one}{(number == 1 ? "" : "s")}";

    /// <summary>Every digit, groups of three, at least the minor units of the currency.</summary>
    public static string Amount(ExactSum sum, string currencyCode) => AmountFormat.Of(sum, currencyCode);

    /// <summary>A total in the reporting currency, rounded to its minor units: what single small amounts are converted to may have more.</summary>
    public static string Total(ExactSum sum, string currencyCode) => Amount(sum.Rounded(AmountFormat.DecimalsOf(currencyCode)), currencyCode);

    /// <inheritdoc cref="Amount(ExactSum, string)"/>
    public static string Amount(Money money) => Amount(ExactSum.From(money.Amount), money.Currency.Code);

    /// <summary>Amount and code.</summary>
    public static string WithCode(Money money) => $"{Amount(money)} {money.Currency.Code}";

    public static string Bytes(long bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB"];
        decimal size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {units[unit]}");
    }
}
