using System.Globalization;

namespace Billing.Core.Tests.Drifts;

/// <summary>Each kind of drift, found and named by the file that has it, and by no file before.</summary>
public sealed class DriftKindTests
{
    private static readonly SourceLayout s_german = new() { Name = "german", DateFormats = ["dd.MM.yyyy"], Numbers = new NumberFormat { DecimalMark = ',', GroupSeparators = "." } };

    private static readonly MonthlyFile s_germanFile = new() { Separator = ';', DateFormat = "dd.MM.yyyy", NumberFormat = "#,##0.00", Culture = CultureInfo.GetCultureInfo("de-DE") };

    [Theory]
    [InlineData("date,vendor,amount,currency,reference", DriftKind.ColumnRenamed, "column renamed (party): before 'company', now 'vendor'")]
    [InlineData("date,company,amount,currency,ref no", DriftKind.ColumnRenamed, "now 'ref no'")]
    public async Task A_column_that_was_renamed(string header, DriftKind kind, string text)
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        DriftFinding finding = Assert.Single((await account.TakeAsync(new MonthlyFile { Month = 2, Header = header })).Drift!.Findings);
        Assert.Equal(kind, finding.Kind);
        Assert.Contains(text, finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_is_new_and_then_missing()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        DriftFinding added = Assert.Single((await account.TakeAsync(new MonthlyFile { Month = 2, Header = "date,company,amount,currency,reference,colour" })).Drift!.Findings);
        Assert.Equal((DriftKind.ColumnNew, "column new: before none, now 'colour'"), (added.Kind, added.ToString()));

        // Told once: the file that has it is what the next one is compared with.
        DriftFinding missing = Assert.Single((await account.TakeAsync(new MonthlyFile { Month = 3 })).Drift!.Findings);
        Assert.Equal((DriftKind.ColumnMissing, "column missing: before 'colour', now none"), (missing.Kind, missing.ToString()));
        await account.TakeAsync(new MonthlyFile(), 4, 5);
    }

    [Fact]
    public async Task Columns_in_another_order_with_the_same_values_are_no_drift_and_another_column_for_the_amount_is()
    {
        Account account = new(new SourceLayout { Name = "bank", Date = "#1", Amount = "#3", Currency = "#4" });
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        IReadOnlyList<DriftFinding> findings = (await account.TakeAsync(new MonthlyFile { Month = 2, Header = "date,company,reference,currency,amount" })).Drift!.Findings;
        Assert.Contains(findings, finding => finding.ToString() == "column of the amount: before 'amount', now 'reference'" && finding.Kind == DriftKind.ColumnSwapped);

        Account byName = new();
        await byName.TakeAsync(new MonthlyFile(), 1, 1);
        MonthlyFile other = new() { Month = 2 };
        string[] lines = [.. other.Text().Trim().Split('\n').Select(line => string.Join(',', line.Split(',').Reverse()))];
        IngestReport reversed = await byName.Pipeline().IngestAsync(BillingSource.Text("statement-02.csv", string.Join('\n', lines)), new IngestOptions { Scope = "DE12", Drift = DriftPolicy.Stop }, TestContext.Current.CancellationToken);
        Assert.Empty(reversed.Drift!.Findings);
    }

    [Fact]
    public async Task Columns_whose_values_were_swapped_under_the_same_header()
    {
        SourceLayout layout = new() { Name = "bank", Party = "company", Id = "reference" };
        Account account = new(layout);
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        IReadOnlyList<DriftFinding> findings = (await account.TakeAsync(new MonthlyFile { Month = 2, AreSwapped = true })).Drift!.Findings;
        Assert.Equal(
            ["values of column 'company': before texts, now numbers", "values of column 'reference': before numbers, now texts"],
            findings.Where(finding => finding.Kind == DriftKind.ColumnContents).Select(finding => finding.ToString()));
    }

    [Fact]
    public async Task Numbers_with_the_other_decimal_mark()
    {
        Account account = new(s_german);
        await account.TakeAsync(s_germanFile, 1, 1);
        IReadOnlyList<DriftFinding> findings = (await account.TakeAsync(s_germanFile with { Month = 2, Culture = CultureInfo.InvariantCulture })).Drift!.Findings;
        Assert.Contains(findings, finding => finding.Kind == DriftKind.NumberFormat && finding.ToString() == "format of numbers, in a sample: before a decimal comma in 40, now a decimal point in 40");
        Assert.Contains(findings, finding => finding.Kind == DriftKind.Quarantined && finding.Before == "0%");
    }

    [Theory]
    [InlineData(true, "DE12")]
    [InlineData(false, "DE12")]
    [InlineData(true, null)]
    public async Task Cents_in_place_of_units_and_the_other_way_round(bool toCents, string? scope)
    {
        Account account = new(scope: scope);
        await account.TakeAsync(new MonthlyFile { AreMinorUnits = !toCents }, 1, 1);
        DriftFinding finding = Assert.Single((await account.TakeAsync(new MonthlyFile { Month = 2, AreMinorUnits = toCents })).Drift!.Findings);
        Assert.Equal((DriftKind.Scale, "median of the amounts in EUR, without their sign"), (finding.Kind, finding.What));
    }

    [Fact]
    public async Task Day_and_month_swapped()
    {
        Account account = new(new SourceLayout { Name = "bank", DateFormats = ["dd/MM/yyyy"] });
        await account.TakeAsync(new MonthlyFile { DateFormat = "dd/MM/yyyy" }, 6, 8);
        IReadOnlyList<DriftFinding> findings = (await account.TakeAsync(new MonthlyFile { Month = 9, DateFormat = "MM/dd/yyyy" })).Drift!.Findings;
        Assert.Contains(findings, finding => finding.Kind == DriftKind.Dates && finding.What == "dates, in a sample (day and month may be swapped)");
        Assert.Contains(findings, finding => finding.Kind == DriftKind.Dates && finding.What == "latest date, in a sample" && finding.Before == "never after the day of the run");
    }

    [Fact]
    public async Task A_currency_that_was_not_there()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile(), 1, 2);
        DriftFinding finding = Assert.Single((await account.TakeAsync(new MonthlyFile { Month = 3, Currency = "USD" })).Drift!.Findings);
        Assert.Equal("currencies: before EUR, now USD as well", finding.ToString());

        // Of files that may be of different accounts, it says nothing.
        Account unnamed = new(scope: null);
        await unnamed.TakeAsync(new MonthlyFile(), 1, 2);
        Assert.Empty((await unnamed.TakeAsync(new MonthlyFile { Month = 3, Currency = "USD" })).Drift!.Findings);
    }

    [Fact]
    public async Task Rows_and_totals_out_of_proportion_need_six_earlier_runs()
    {
        MonthlyFile half = new() { Rows = 10, Debits = 0 };
        Account few = new();
        await few.TakeAsync(new MonthlyFile { Debits = 0 }, 1, 5);
        Assert.Empty((await few.TakeAsync(half with { Month = 6 })).Drift!.Findings);

        Account account = new();
        await account.TakeAsync(new MonthlyFile { Debits = 0 }, 1, 6);
        IngestReport report = await account.TakeAsync(half with { Month = 7 });
        Assert.Equal([DriftKind.Rows, DriftKind.Total], report.Drift!.Findings.Select(finding => finding.Kind));
        Assert.Equal("rows: before 40, the median of 6 runs, now 10", report.Drift.Findings[0].ToString());
        Assert.Equal(6, report.Drift.Runs.Count);

        // One bad file is not the norm: the next ordinary one is ordinary.
        await account.TakeAsync(new MonthlyFile { Debits = 0 }, 8, 9);
    }

    [Fact]
    public async Task Debits_and_credits_that_were_swapped()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile { Debits = 85 }, 1, 1);
        DriftFinding finding = Assert.Single((await account.TakeAsync(new MonthlyFile { Month = 2, Debits = 15 })).Drift!.Findings);
        Assert.Equal((DriftKind.Signs, "share of negative amounts, in a sample"), (finding.Kind, finding.What));
    }

    [Fact]
    public async Task More_rows_in_quarantine_and_such_a_run_is_no_model()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        for (int month = 2; month <= 3; month++)
        {
            DriftFinding finding = Assert.Single((await account.TakeAsync(new MonthlyFile { Month = month, Unreadable = 80 })).Drift!.Findings);
            Assert.Equal((DriftKind.Quarantined, "0%"), (finding.Kind, finding.Before));
        }

        await account.TakeAsync(new MonthlyFile(), 4, 4);
    }

    [Fact]
    public async Task More_records_without_a_category()
    {
        CategoryRules rules = CategoryRules.Parse("""{ "rules": [ { "name": "all", "when": { "currency": "EUR" }, "category": "travel" } ] }""");
        Account account = new(rules: rules);
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        IReadOnlyList<DriftFinding> findings = (await account.TakeAsync(new MonthlyFile { Month = 2, Currency = "USD" })).Drift!.Findings;
        Assert.Contains(findings, finding => finding.ToString() == "share of records without a category, in a sample: before 0%, now 100%");
    }
}
