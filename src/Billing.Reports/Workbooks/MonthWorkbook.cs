using SpreadCheetah;
using SpreadCheetah.Worksheets;

namespace Billing.Workbooks;

/// <summary>The sheets of a report: totals, groups, runs, and the lines.</summary>
internal static class MonthWorkbook
{
    public static async Task WriteAsync(MonthReport report, string? note, Stream output, CancellationToken cancellationToken)
    {
        int inexact = CountInexact(report);
        Spreadsheet spreadsheet = await Spreadsheet.CreateNewAsync(output, new SpreadCheetahOptions { DocumentProperties = null, PreserveStringWhitespace = true }, cancellationToken).ConfigureAwait(false);
        await using (spreadsheet.ConfigureAwait(false))
        {
            WorkbookSheet sheet = new(spreadsheet);
            await StartAsync(spreadsheet, "Month", cancellationToken, 24, 12, 20, 12, 20, 24, 24).ConfigureAwait(false);
            await MonthSheet.WriteAsync(sheet, report, note, inexact, cancellationToken).ConfigureAwait(false);
            foreach ((string name, IReadOnlyList<SummaryRow> rows) in ((string, IReadOnlyList<SummaryRow>)[])[("Categories", report.Categories), ("Parties", report.Parties), ("Days", report.Days)])
            {
                await StartAsync(spreadsheet, name, cancellationToken, 32, 10, 18, 12, 18, 12).ConfigureAwait(false);
                await GroupSheet.WriteAsync(sheet, name, rows, cancellationToken).ConfigureAwait(false);
            }

            await WriteLinesAsync(spreadsheet, sheet, report, cancellationToken).ConfigureAwait(false);
            await spreadsheet.FinishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteLinesAsync(Spreadsheet spreadsheet, WorkbookSheet sheet, MonthReport report, CancellationToken cancellationToken)
    {
        for (int from = 0, part = 1; from == 0 || from < report.Lines.Count; from += WorkbookSheet.MostLines, part++)
        {
            await StartAsync(spreadsheet, part == 1 ? "Lines" : FormattableString.Invariant($"Lines {part}"), cancellationToken, 12, 24, 32, 18, 14, 9, 16, 9).ConfigureAwait(false);
            foreach (ReportColumn column in ReportColumn.OfMonth)
            {
                sheet.Heading(column.Name);
            }

            await sheet.EndRowAsync(cancellationToken).ConfigureAwait(false);
            foreach (MonthLine line in report.Lines.Skip(from).Take(WorkbookSheet.MostLines))
            {
                foreach (ReportColumn column in ReportColumn.OfMonth)
                {
                    Write(sheet, column, line);
                }

                await sheet.EndRowAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Write(WorkbookSheet sheet, ReportColumn column, MonthLine line)
    {
        switch (column.Kind)
        {
            case ReportColumnKind.Amount when column.NumberOf(line) is { } amount:
                sheet.Amount(ExactSum.From(amount), amount.Scale);
                break;
            case ReportColumnKind.Number when column.NumberOf(line) is { } number:
                sheet.Amount(ExactSum.From(number), 0);
                break;
            case ReportColumnKind.Date when column.DateOf(line) is { } date:
                sheet.Date(date);
                break;
            default:
                sheet.Text(column.TextOf(line));
                break;
        }
    }

    private static int CountInexact(MonthReport report) => report.Lines.Sum(line =>
        (CellNumber.Of(ExactSum.From(line.Record.Amount.Amount)) is null ? 1 : 0) + (CellNumber.Of(ExactSum.From(line.Record.ReportingAmount.Amount)) is null ? 1 : 0));

    private static ValueTask StartAsync(Spreadsheet spreadsheet, string name, CancellationToken cancellationToken, params int[] widths)
    {
        WorksheetOptions options = new() { FrozenRows = name == "Month" ? null : 1 };
        for (int i = 0; i < widths.Length; i++)
        {
            options.Column(i + 1).Width = widths[i];
        }

        return spreadsheet.StartWorksheetAsync(name, options, cancellationToken);
    }
}
