namespace Billing.Console.Csv;

/// <summary>Totals by group as CSV: a line per group, a column per currency.</summary>
internal static class SummaryCsv
{
    public static void Write(CsvFile csv, SummaryBy by, IReadOnlyList<SummaryRow> rows)
    {
        string[] billed = Codes(rows, row => row.Billed);
        string[] reporting = Codes(rows, row => row.Reporting);
        csv.WriteHeader([by.ToString().ToLowerInvariant(), "rows", .. billed.Select(code => $"billed_{code}"), .. reporting.Select(code => $"in_{code}")]);
        foreach (SummaryRow row in rows)
        {
            csv.WriteText(row.Group);
            csv.WriteNumber(row.Billed.Rows);
            Write(csv, row.Billed, billed);
            Write(csv, row.Reporting, reporting);
            csv.EndRow();
        }
    }

    private static string[] Codes(IReadOnlyList<SummaryRow> rows, Func<SummaryRow, ControlTotals> totals) =>
        [.. rows.SelectMany(row => totals(row).Money.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static void Write(CsvFile csv, ControlTotals totals, string[] codes)
    {
        foreach (string code in codes)
        {
            csv.WriteExact(totals.Money.TryGetValue(code, out ExactSum sum) ? sum.ToString() : "");
        }
    }
}
