namespace Billing.Console.Views;

/// <summary>Rows and money in one line: 3 rows, 110.00 EUR, 20.00 USD.</summary>
internal static class TotalsText
{
    public static string Of(ControlTotals totals) => string.Join(", ", (string[])[Figures.Count(totals.Rows, "row"), .. Money(totals)]);

    /// <summary>The money alone, without what comes to nothing.</summary>
    public static IEnumerable<string> Money(ControlTotals totals) =>
        totals.Money.Where(sum => sum.Value != ExactSum.Zero).Select(sum => $"{Figures.Amount(sum.Value, sum.Key)} {sum.Key}".TrimEnd());
}
