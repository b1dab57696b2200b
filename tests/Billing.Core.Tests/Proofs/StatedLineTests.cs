using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Proofs;

/// <summary>Lines of a source that state its totals are no rows, are not lost, and must come out.</summary>
public sealed class StatedLineTests
{
    private const string Rows = "date,company,amount,currency\n2025-06-01,Acme,10.00,EUR\n2025-06-02,Acme,-3.50,EUR\n";

    private static readonly SourceLayout s_total = new() { Stated = [new StatedLine { Begins = "Total", Rows = "company", Total = "amount", Currency = "currency" }] };

    [Fact]
    public async Task A_footer_is_no_row_and_is_compared()
    {
        IngestReport report = await TakeAsync(Rows + "Total,2,6.50,EUR\n", s_total);
        Assert.Equal((ProofOutcome.Proved, 2, 2), (report.Proof.Outcome, report.Read.Rows, report.Stored.Rows));
        Assert.Equal(["rows 2 (line 4, 'Total')", "total EUR 6.5 (line 4, 'Total')"], report.Proof.Figures.Select(figure => figure.ToString()));
        Assert.Empty(report.Warnings);
    }

    [Theory]
    [InlineData("Total,3,6.50,EUR", "rows: stated 3, found 2, difference -1 (line 4, 'Total')")]
    [InlineData("TOTAL:,2,6.51,EUR", "total EUR: stated 6.51, found 6.5, difference -0.01 (line 4, 'Total')")]
    [InlineData("Total,2,six,EUR", "line 4, 'Total', cannot be read: Column 'amount'")]
    [InlineData("Total,2,,EUR", "line 4, 'Total', cannot be read: nothing stands in 'amount'")]
    [InlineData("Total,1.5,6.50,EUR", "line 4, 'Total', cannot be read: 1.5 is not a number of rows")]
    [InlineData("Total,2,6.50,USD", "total USD: stated 6.5, found 0, difference -6.5")]
    [InlineData("", "there is no line that begins with 'Total'")]
    [InlineData("Totals,2,6.50,EUR", "there is no line that begins with 'Total'")]
    public async Task What_does_not_come_out_is_named(string footer, string named) =>
        Assert.Contains(named, (await FailsAsync(Rows + footer + "\n", s_total)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_line_that_may_be_missing_is_compared_where_it_is_there()
    {
        SourceLayout layout = new() { Stated = [s_total.Stated[0] with { IsOptional = true }] };
        Assert.Equal(ProofOutcome.Unproved, (await TakeAsync(Rows, layout)).Proof.Outcome);
        await FailsAsync(Rows + "Total,2,6.51,EUR\n", layout);
    }

    [Fact]
    public async Task A_footer_between_rows_is_a_row_in_quarantine()
    {
        const string text = Rows + "Total,2,6.50,EUR\n2025-06-03,Acme,1.00,EUR\n";
        IngestFailedException e = await FailsAsync(text, s_total);
        Assert.Contains("there is no line that begins with 'Total'", e.Message, StringComparison.Ordinal);
        Assert.Equal((4, "14"), (e.Report.Read.Rows, e.Report.Read["EUR"].ToString()));

        Ingest ingest = Euros();
        IngestReport stored = await ingest.Text(text, options: new IngestOptions { Layout = new SourceLayout { Stated = [s_total.Stated[0] with { IsOptional = true }] } });
        QuarantinedRecord row = Assert.Single(await ingest.Quarantine());
        Assert.Equal((3, 4, "maybe_footer", "Total,2,6.50,EUR"), (stored.Stored.Rows, row.Source.Line, row.Reason, row.RawText));
        Assert.Equal(6.5m, row.Amount);
    }

    [Fact]
    public async Task Between_rows_and_after_them_only_the_last_one_speaks_for_the_source()
    {
        const string text = Rows + "Total,2,6.50,EUR\n2025-06-03,Acme,1.00,EUR\n";
        Assert.Contains("rows: stated 3, found 4, difference 1 (line 6, 'Total'); total EUR: stated 7.5, found 14, difference 6.5 (line 6, 'Total')", await WhyAsync(text + "Total,3,7.50,EUR\n", s_total), StringComparison.Ordinal);
        Assert.Contains("1 row has no amount that can be read (line 4)", await WhyAsync(text.Replace("6.50", "-", StringComparison.Ordinal) + "Total,4,7.50,EUR\n", s_total), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_lines_between_rows_come_in_their_order_and_none_is_lost()
    {
        string middle = string.Concat(Enumerable.Range(0, 250).Select(i => $"Total,{i},1,EUR\n"));
        Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("EUR=1.1")).UseBatchSize(7));
        IngestReport report = await ingest.Text(Rows + middle + "2025-06-03,Acme,1.00,EUR\n", options: new IngestOptions { Layout = new SourceLayout { Stated = [s_total.Stated[0] with { IsOptional = true }] } });
        Assert.Equal((253, 3, 250), (report.Read.Rows, report.Stored.Rows, report.Quarantined.Rows));
        Assert.Equal(Enumerable.Range(4, 250).Select(line => (long)line), (await ingest.Quarantine()).Select(row => row.Source.Line));
        Assert.Equal(254, (await ingest.Records()).Max(record => record.Source.Line));
    }

    [Theory]
    [InlineData("Total,2025-06-03,1.00,EUR", 2, 1)]
    [InlineData("Total Energies,2025-06-03,1.00,EUR", 2, 1)]
    [InlineData("Totally,2025-06-03,1.00,EUR", 3, 0)]
    public async Task What_has_a_date_is_a_row_and_waits_in_quarantine_if_it_begins_with_the_words(string line, int stored, int quarantined)
    {
        SourceLayout layout = new() { Stated = [new StatedLine { Begins = "Total", Total = "amount", IsOptional = true }] };
        IngestReport report = await TakeAsync("company,date,amount,currency\nAcme,2025-06-01,10.00,EUR\nAcme,2025-06-02,-3.50,EUR\n" + line + "\n", layout);
        Assert.Equal((ProofOutcome.Unproved, stored, quarantined), (report.Proof.Outcome, report.Stored.Rows, report.Quarantined.Rows));
    }

    [Fact]
    public async Task Lines_above_and_below_the_header_state_balances()
    {
        const string text = """
            Konto;DE12 3456
            Anfangssaldo;1.000,00 EUR
            Endsaldo: 2.105,24 EUR;;
            Tag;Betrag;Währung
            Zeilen;2;
            01.06.2025;1.234,50;EUR
            02.06.2025;-129,26;EUR
            Summe;1.105,24;EUR
            """;
        SourceLayout layout = SourceLayout.Parse("""
            {
              "columns": { "date": "Tag", "amount": "Betrag", "currency": "Währung" }, "dateFormats": ["dd.MM.yyyy"], "separator": ";", "skipRows": 3,
              "numbers": { "decimalMark": ",", "groupSeparators": ".", "currencySign": true },
              "stated": [
                { "line": "Anfangssaldo", "opening": "#2" },
                { "line": "Endsaldo", "closing": "#1" },
                { "line": "Zeilen", "rows": "Betrag" },
                { "line": "Summe", "total": "Betrag", "currency": "Währung" }
              ]
            }
            """);
        IngestReport report = await TakeAsync(text, layout);
        Assert.Equal(
            ["rows 2 (line 5, 'Zeilen')", "total EUR 1105.24 (line 8, 'Summe')", "opening EUR 1000 (line 2, 'Anfangssaldo')", "closing EUR 2105.24 (line 3, 'Endsaldo')"],
            report.Proof.Figures.Select(figure => figure.ToString()));
        Assert.Equal(ProofOutcome.Proved, report.Proof.Outcome);
        Assert.Contains("closing EUR: stated 2105.25, found 2105.24, difference -0.01 (line 3, 'Endsaldo')", await WhyAsync(text.Replace("2.105,24", "2.105,25", StringComparison.Ordinal), layout), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signs_are_those_of_the_rows()
    {
        SourceLayout sides = SourceLayout.Parse("""{ "columns": { "date": "d", "debit": "out", "credit": "in" }, "defaultCurrency": "EUR", "stated": [ { "line": "Sum", "debit": "out", "credit": "in" } ] }""");
        Assert.Equal("total EUR 7.5 (line 4, 'Sum')", Assert.Single((await TakeAsync("d,out,in\n2025-06-01,2.5,\n2025-06-02,,10\nSum,2.5,10\n", sides)).Proof.Figures).ToString());
        Assert.Equal("total EUR -2.5 (line 3, 'Sum')", Assert.Single((await TakeAsync("d,out,in\n2025-06-01,2.5,\nSum,2.5,\n", sides)).Proof.Figures).ToString());

        SourceLayout words = SourceLayout.Parse("""{ "columns": { "date": "d", "amount": "a", "direction": "s" }, "defaultCurrency": "EUR", "stated": [ { "line": "Saldo", "total": "a", "direction": "s" } ] }""");
        Assert.Equal("total EUR -7.5 (line 4, 'Saldo')", Assert.Single((await TakeAsync("d,a,s\n2025-06-01,10,S\n2025-06-02,2.5,H\nSaldo,7.5,S\n", words)).Proof.Figures).ToString());
        Assert.Contains("is not a word for debit or credit", await WhyAsync("d,a,s\n2025-06-01,10,S\nSaldo,7.5,?\n", words), StringComparison.Ordinal);

        SourceLayout cents = new() { MinorUnits = true, NegateAmounts = true, DefaultCurrency = "EUR", Stated = [new StatedLine { Begins = "Total", Total = "amount" }] };
        Assert.Equal("total EUR -12.34 (line 3, 'Total')", Assert.Single((await TakeAsync("date,amount\n2025-06-01,1234\nTotal,1234\n", cents)).Proof.Figures).ToString());

        SourceLayout parentheses = new() { DefaultCurrency = "EUR", Numbers = new NumberFormat { GroupSeparators = ",", AllowParentheses = true }, Stated = [new StatedLine { Begins = "Total", Total = "amount", Rows = "n" }] };
        Assert.Equal(ProofOutcome.Proved, (await TakeAsync("date,amount,n\n2025-06-01,\"(1,234.50)\",\nTotal,\"(1,234.50)\",1\n", parentheses)).Proof.Outcome);
    }

    [Fact]
    public async Task More_lines_than_a_file_can_have_of_them_are_rows()
    {
        string lines = string.Concat(Enumerable.Repeat("Total,0,0,EUR\n", 150));
        IngestFailedException e = await FailsAsync("date,company,amount,currency\n" + lines, s_total);
        Assert.Equal(50, e.Report.Read.Rows);
    }

    [Fact]
    public async Task Each_currency_has_its_line_and_one_without_contradicts()
    {
        SourceLayout layout = new() { Stated = [new StatedLine { Begins = "Total", Total = "amount", Currency = "currency" }] };
        const string text = "date,amount,currency\n2025-06-01,1,EUR\n2025-06-01,-2,USD\nTotal,1,eur\nTotal,-2,USD\n";
        Assert.Equal(["total EUR 1 (line 4, 'Total')", "total USD -2 (line 5, 'Total')"], (await TakeAsync(text, layout)).Proof.Figures.Select(figure => figure.ToString()));
        Assert.Contains("USD: nothing is stated, found -2", await WhyAsync(text.Replace("Total,-2,USD\n", "", StringComparison.Ordinal), layout), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dated_line_is_one_only_where_it_is_named_exactly()
    {
        SourceLayout layout = new() { Date = "date", Party = "company", Stated = [new StatedLine { Begins = "Closing balance", Closing = "amount", IsDated = true }] };
        const string rows = "company,date,amount,currency,balance\nAcme,2025-06-01,10,EUR,110\n";
        IngestReport report = await TakeAsync(rows + "Closing balance,2025-06-30,110,EUR,\n", layout with { Balance = "balance" });
        Assert.Equal(("Proved", "100"), (report.Proof.Outcome.ToString(), report.Proof.Openings["EUR"].ToString()));
        Assert.Contains("there is no line", await WhyAsync(rows + "Closing balance GmbH,2025-06-30,110,EUR,\n", layout), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_the_footer_are_passed_as_before_and_stated_lines_without_a_warning()
    {
        SourceLayout layout = s_total with { Footer = ["Printed"] };
        IngestReport report = await TakeAsync(Rows + "Total,2,6.50,EUR\nPrinted on Monday\n", layout);
        Assert.Equal(ProofOutcome.Proved, report.Proof.Outcome);
        Assert.Contains("1 line was skipped, as the layout's footer says", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_source_and_json_lack_the_line()
    {
        Assert.Contains("there is no line that begins with 'Total'", await WhyAsync("", s_total), StringComparison.Ordinal);
        Assert.Equal(ProofOutcome.Proved, (await TakeAsync("date,company,amount,currency\nTotal,0,0,EUR\n", s_total)).Proof.Outcome);
        Assert.Contains("a JSON source has no lines", await WhyAsync("[{\"date\":\"2025-06-01\",\"company\":\"A\",\"amount\":1,\"currency\":\"EUR\"}]", s_total), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_escapes_and_other_encodings_are_read_as_in_rows()
    {
        SourceLayout escaped = s_total with { Escape = '\\', Encoding = "windows-1252", Stated = [s_total.Stated[0] with { Begins = "Übertrag" }] };
        byte[] text = System.Text.Encoding.Latin1.GetBytes("date,company,amount,currency\n2025-06-01,\"Caf\\\"é\",1.5,EUR\n\"Übertrag\\, Juni\",\"1\",\"1.5\",EUR\n");
        Ingest ingest = Euros();
        Assert.Equal(ProofOutcome.Proved, (await ingest.Bytes(text, options: new IngestOptions { Layout = escaped })).Proof.Outcome);
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_told_before_anything_is_read()
    {
        SourceLayout layout = new() { Stated = [new StatedLine { Begins = "Total", Total = "sum" }] };
        SourceFormatException e = await Assert.ThrowsAsync<SourceFormatException>(() => TakeAsync(Rows, layout));
        Assert.Contains("the layout's stated line 'Total' names the column 'sum'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caller_and_the_source_must_both_come_out()
    {
        IngestOptions options = new() { Layout = s_total, Expect = StatedTotals.Parse("rows=2,total=6.49") };
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => Euros().Text(Rows + "Total,2,6.50,EUR\n", options: options));
        Assert.Contains("total EUR: stated 6.49, found 6.5, difference 0.01 (caller)", e.Message, StringComparison.Ordinal);
    }

    private static Ingest Euros() => new(billing => billing.UseExchangeRates(FixedRates.Parse("EUR=1.1")));

    private static Task<IngestReport> TakeAsync(string text, SourceLayout layout) => Euros().Text(text, options: new IngestOptions { Layout = layout });

    private static async Task<string> WhyAsync(string text, SourceLayout layout) => (await FailsAsync(text, layout)).Message;

    private static async Task<IngestFailedException> FailsAsync(string text, SourceLayout layout)
    {
        Ingest ingest = Euros();
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Text(text, options: new IngestOptions { Layout = layout }));
        Assert.Equal(ProofOutcome.Contradicted, e.Report.Proof.Outcome);
        Assert.Empty(await ingest.Records());
        Assert.Empty(await ingest.Quarantine(resolved: true));
        return e;
    }
}
