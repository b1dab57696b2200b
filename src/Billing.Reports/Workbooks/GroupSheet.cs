namespace Billing.Workbooks;

/// <summary>Totals by group: a row for each group and billing currency.</summary>
internal static class GroupSheet
{
    public static async ValueTask WriteAsync(WorkbookSheet sheet, string name, IReadOnlyList<SummaryRow> rows, CancellationToken cancellationToken)
    {
        await sheet.Heading(name).Heading("Rows").Heading("Billed").Heading("Currency").Heading("Reporting").Heading("Currency").EndRowAsync(cancellationToken).ConfigureAwait(false);
        foreach (SummaryRow row in rows)
        {
            int height = Math.Max(row.Billed.Money.Count, row.Reporting.Money.Count);
            KeyValuePair<string, ExactSum>[] billed = [.. row.Billed.Money];
            KeyValuePair<string, ExactSum>[] reporting = [.. row.Reporting.Money];
            for (int i = 0; i < height; i++)
            {
                if (i == 0)
                {
                    sheet.Text(row.Group.Length == 0 ? "(none)" : row.Group).Count(row.Billed.Rows);
                }
                else
                {
                    sheet.Empty().Empty();
                }

                Add(sheet, billed, i);
                Add(sheet, reporting, i);
                await sheet.EndRowAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Add(WorkbookSheet sheet, KeyValuePair<string, ExactSum>[] money, int i)
    {
        if (i < money.Length)
        {
            sheet.Amount(money[i].Value, money[i].Key).Text(money[i].Key);
        }
        else
        {
            sheet.Empty().Empty();
        }
    }
}
