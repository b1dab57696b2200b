using Billing.Sentences;

namespace Billing.Workbooks;

/// <summary>The first sheet: what the report is of, its totals, the rates, the month before, and the runs.</summary>
internal static class MonthSheet
{
    public static async ValueTask WriteAsync(WorkbookSheet sheet, MonthReport report, string? note, int inexact, CancellationToken cancellationToken)
    {
        await sheet.Heading($"Month {report.Month}").EndRowAsync(cancellationToken).ConfigureAwait(false);
        foreach (string line in ReportNotes.Of(report, note))
        {
            await sheet.Text(line).EndRowAsync(cancellationToken).ConfigureAwait(false);
        }

        if (inexact > 0)
        {
            await sheet.Text(FormattableString.Invariant($"{inexact} amounts of the lines have more than 15 digits, which a spreadsheet cannot hold as numbers. They are text, with every digit, and sums of cells leave them out."))
                .EndRowAsync(cancellationToken).ConfigureAwait(false);
        }

        await sheet.EndRowAsync(cancellationToken).ConfigureAwait(false);
        await sheet.Heading("Currency").Heading("Rows").Heading("Billed").Empty().Heading("Reporting").Heading("Lowest rate").Heading("Highest rate").Heading("First rate").EndRowAsync(cancellationToken).ConfigureAwait(false);
        foreach (MonthCurrency currency in report.Currencies)
        {
            sheet.Text(currency.Currency).Count(currency.Billed.Rows).Amount(currency.Billed[currency.Currency], currency.Currency).Empty();
            AddMoney(sheet, currency.Reporting, report.ReportingCurrency);
            await sheet.Text(currency.LowestRate?.ValueText).Text(currency.HighestRate?.ValueText).Text(currency.FirstRate?.ToString()).EndRowAsync(cancellationToken).ConfigureAwait(false);
        }

        sheet.Heading("Total").Count(report.Billed.Rows).Empty().Empty();
        AddMoney(sheet, report.Reporting, report.ReportingCurrency);
        await sheet.EndRowAsync(cancellationToken).ConfigureAwait(false);
        if (report.Before is { } before)
        {
            await sheet.EndRowAsync(cancellationToken).ConfigureAwait(false);
            await sheet.Heading("Category").Heading("Rows").Heading($"{report.Month}").Heading("Rows").Heading($"{before.Month}").Heading("Difference").EndRowAsync(cancellationToken).ConfigureAwait(false);
            foreach (MonthCategoryChange change in before.Categories)
            {
                await AddAsync(sheet, change.Category.Length == 0 ? "(none)" : change.Category, change.Now, change.Before, change.Difference, report.ReportingCurrency, cancellationToken).ConfigureAwait(false);
            }

            await AddAsync(sheet, "Total", report.Reporting, before.Reporting, before.Difference, report.ReportingCurrency, cancellationToken).ConfigureAwait(false);
        }

        await sheet.EndRowAsync(cancellationToken).ConfigureAwait(false);
        await sheet.Heading("Run").Heading("Rows").Heading("Source").Heading("SHA-256").EndRowAsync(cancellationToken).ConfigureAwait(false);
        foreach (MonthRun run in report.Runs)
        {
            await sheet.Text(run.RunId).Count(run.Rows).Text(run.Source).Text(run.Sha256).EndRowAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static ValueTask AddAsync(WorkbookSheet sheet, string name, ControlTotals now, ControlTotals before, ControlTotals difference, string? currency, CancellationToken cancellationToken)
    {
        sheet.Text(name).Count(now.Rows);
        AddMoney(sheet, now, currency);
        sheet.Count(before.Rows);
        AddMoney(sheet, before, currency);
        AddMoney(sheet, difference, currency);
        return sheet.EndRowAsync(cancellationToken);
    }

    // A ledger with several reporting currencies has no one number.
    private static void AddMoney(WorkbookSheet sheet, ControlTotals totals, string? currency)
    {
        if (currency is not null)
        {
            sheet.Amount(totals[currency], currency);
        }
        else
        {
            sheet.Text(string.Join(", ", totals.Money.Select(sum => $"{sum.Value} {sum.Key}")));
        }
    }
}
