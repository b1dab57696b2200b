using System.Globalization;
using Billing.Sentences;

namespace Billing.Pages;

/// <summary>The page of a report.</summary>
internal sealed class MonthPage(MonthReport report, string? note, TextWriter writer)
{
    private readonly PageWriter _page = new(writer);

    private IReadOnlyList<string> Currencies => [.. report.Reporting.Money.Keys.Union(report.Before?.Reporting.Money.Keys ?? [])];

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        _page.Begin($"Month {report.Month}");
        WriteNotes();
        WriteCurrencies();
        WriteBefore();
        WriteGroups("By category", "Category", report.Categories);
        WriteGroups("By party", "Party", report.Parties);
        WriteGroups("By day", "Day", report.Days);
        WriteFlags();
        WriteRuns();
        _page.BeginTable("Lines", ["Date", "Party", "Description", "Category"], ["Amount", "", "Reporting", ""]);
        for (int i = 0; i < report.Lines.Count; i++)
        {
            BillingRecord record = report.Lines[i].Record;
            _page.Row(
                [report.Lines[i].Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), record.Party ?? "", record.Description ?? "", record.Category ?? ""],
                [Text(record.Amount), record.Amount.Currency.Code, Text(record.ReportingAmount), record.ReportingAmount.Currency.Code]);
            if (i % 1_000 == 0)
            {
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        _page.EndTable();
        _page.End();
    }

    private static string Text(Money money) => AmountFormat.Of(ExactSum.From(money.Amount), money.Currency.Code);

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(ControlTotals totals) => string.Join(", ", totals.Money.Select(sum => $"{AmountFormat.Of(sum.Value, sum.Key)} {sum.Key}"));

    private void WriteNotes()
    {
        _page.Paragraph($"{Text(report.Reporting.Rows)} records, {(report.Reporting.Money.Count == 0 ? "no money" : Money(report.Reporting))}.");
        foreach (string sentence in ReportNotes.Of(report, note))
        {
            _page.Paragraph(sentence);
        }
    }

    private void WriteCurrencies()
    {
        _page.BeginTable("By currency", ["Currency"], ["Rows", "Billed", "Reporting", "Lowest rate", "Highest rate", "First rate"]);
        foreach (MonthCurrency currency in report.Currencies)
        {
            _page.Row(
                [currency.Currency],
                [Text(currency.Billed.Rows), AmountFormat.Of(currency.Billed[currency.Currency], currency.Currency), Money(currency.Reporting), currency.LowestRate?.ValueText ?? "", currency.HighestRate?.ValueText ?? "", currency.FirstRate?.ToString() ?? ""]);
        }

        _page.EndTable(["Total"], [Text(report.Billed.Rows), "", Money(report.Reporting), "", "", ""]);
    }

    private void WriteBefore()
    {
        if (report.Before is not { } before)
        {
            return;
        }

        _page.BeginTable($"Compared with {before.Month}", ["Category"], ["Rows", report.Month.ToString(), "Rows", before.Month.ToString(), "Difference"]);
        foreach (MonthCategoryChange change in before.Categories)
        {
            _page.Row([NameOf(change.Category)], Figures(change.Now, change.Before, change.Difference));
        }

        _page.EndTable(["Total"], Figures(report.Reporting, before.Reporting, before.Difference));
    }

    private string[] Figures(ControlTotals now, ControlTotals before, ControlTotals difference) => [Text(now.Rows), InAll(now), Text(before.Rows), InAll(before), InAll(difference)];

    // In one reporting currency, its code is said once, above.
    private string InAll(ControlTotals totals) => Currencies is [var only] ? AmountFormat.Of(totals[only], only) : Money(totals);

    private void WriteGroups(string title, string name, IReadOnlyList<SummaryRow> rows)
    {
        _page.BeginTable(title, [name], ["Rows", "Billed", "Reporting"]);
        foreach (SummaryRow row in rows)
        {
            _page.Row([NameOf(row.Group)], [Text(row.Billed.Rows), Money(row.Billed), Money(row.Reporting)]);
        }

        _page.EndTable(["Total"], [Text(report.Billed.Rows), "", Money(report.Reporting)]);
    }

    private void WriteFlags()
    {
        if (report.Flags.Count > 0)
        {
            _page.BeginTable("Flags", ["Flag"], ["Rows", "Reporting"]);
            foreach (MonthFlag flag in report.Flags)
            {
                _page.Row([flag.Flag], [Text(flag.Reporting.Rows), Money(flag.Reporting)]);
            }

            _page.EndTable();
        }
    }

    private void WriteRuns()
    {
        _page.BeginTable("Runs", ["Run", "Source", "SHA-256"], ["Rows"]);
        foreach (MonthRun run in report.Runs)
        {
            _page.Row([run.RunId, run.Source ?? "", run.Sha256 ?? ""], [Text(run.Rows)]);
        }

        _page.EndTable();
    }

    private static string NameOf(string group) => group.Length == 0 ? "(none)" : group;
}
