using System.Security.Cryptography;
using System.Text;

namespace Billing.Core.Tests.Monthly;

/// <summary>The report of a month is a pure function of a ledger.</summary>
public sealed class MonthReportTests
{
    private static readonly BillingMonth s_june = new(2025, 6);
    private static readonly string[] s_parties = ["Acme", "Łódź Bäckerei", "", "=cmd|' /C calc'!A0"];
    private static readonly ExchangeRate[] s_rates =
    [
        new(Currency.Parse("CAD"), Currency.Usd, 0.75m, new DateOnly(2025, 6, 2), "fixed"),
        new(Currency.Parse("CAD"), Currency.Usd, 0.74m, new DateOnly(2025, 6, 9), "bank"),
        new(Currency.Parse("CAD"), Currency.Usd, 1.1684m, null, "ECB", 1.5m),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sums_are_those_that_are_computed_the_naive_way()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            BillingRecord[] records = Generated(seed);
            BillingRecord[] june = [.. records.Where(record => record.Date is { Year: 2025, Month: 6 })];
            BillingRecord[] may = [.. records.Where(record => record.Date is { Year: 2025, Month: 5 })];
            MonthReport report = await MonthReport.CreateAsync(await LedgerAsync(records), s_june, cancellationToken: Cancellation);

            Assert.Equal(Totals(june, record => record.Amount), report.Billed);
            Assert.Equal(Totals(june, record => record.ReportingAmount), report.Reporting);
            Assert.Equal(Groups(june, record => record.Category ?? ""), report.Categories.Select(Text));
            Assert.Equal(Groups(june, record => record.Party ?? ""), report.Parties.Select(Text));
            Assert.Equal(Groups(june, record => record.Date.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), report.Days.Select(Text));
            Assert.Equal(Groups(june, record => record.Amount.Currency.Code), report.Currencies.Select(one => $"{one.Currency}: {one.Billed} = {one.Reporting}"));
            Assert.Equal(june.OrderBy(record => record.Date).ThenBy(record => record.Key).Select(record => record.Key), report.Lines.Select(line => line.Record.Key));
            Assert.Equal(june.SelectMany(record => record.Flags).Distinct().Count(), report.Flags.Count);
            Assert.All(report.Flags, flag => Assert.Equal(Totals([.. june.Where(record => record.Flags.Contains(flag.Flag))], record => record.ReportingAmount), flag.Reporting));
            Assert.Equal(june.Length, report.Runs.Sum(run => run.Rows));
            Assert.Equal(Totals(may, record => record.ReportingAmount), report.Before!.Reporting);
            Assert.Equal(report.Reporting - report.Before.Reporting, report.Before.Difference);
            Assert.All(report.Before.Categories, change =>
            {
                Assert.Equal(Totals([.. june.Where(record => (record.Category ?? "") == change.Category)], record => record.ReportingAmount), change.Now);
                Assert.Equal(Totals([.. may.Where(record => (record.Category ?? "") == change.Category)], record => record.ReportingAmount), change.Before);
            });
            if (report.Currencies.SingleOrDefault(one => one.Currency == "CAD") is { } cad)
            {
                decimal[] values = [.. june.Where(record => record.ExchangeRate is not null).Select(record => record.ExchangeRate!.Value)];
                Assert.Equal((values.Min(), values.Max()), (cad.LowestRate!.Value, cad.HighestRate!.Value));
                Assert.Equal(report.Lines.First(line => line.Record.ExchangeRate is not null).Record.ExchangeRate, cad.FirstRate);
            }
        }
    }

    [Fact]
    public async Task The_same_records_give_the_same_bytes_whose_SHA_256_is_in_the_report()
    {
        BillingRecord[] records = Generated(7);
        MonthReport one = await MonthReport.CreateAsync(await LedgerAsync(records), s_june, cancellationToken: Cancellation);
        MonthReport other = await MonthReport.CreateAsync(await LedgerAsync([.. records.Reverse()]), s_june, cancellationToken: Cancellation);
        byte[] csv = await CsvAsync(one);
        Assert.Equal(csv, await CsvAsync(other));
        Assert.Equal(one.Sha256, Convert.ToHexStringLower(SHA256.HashData(csv)));

        MonthReport changed = await MonthReport.CreateAsync(await LedgerAsync([.. records.Skip(1), Some.Record("new", amount: 0.01m)]), s_june, cancellationToken: Cancellation);
        Assert.NotEqual(one.Sha256, changed.Sha256);
    }

    [Fact]
    public async Task A_cell_that_a_spreadsheet_would_run_is_text_and_a_negative_amount_stays_a_number()
    {
        MonthReport report = await MonthReport.CreateAsync(await LedgerAsync(Some.Record("1", amount: -5.00m, party: "=1+1", description: "a \"b\",\r\nc", sourceId: "-7")), s_june, cancellationToken: Cancellation);
        string[] lines = Encoding.UTF8.GetString(await CsvAsync(report)).Split("\r\n", 2);
        Assert.StartsWith("Date,Party,Description,Category,Amount,Currency,Reporting Amount,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("2025-06-17,\"'=1+1\",\"a \"\"b\"\",\r\nc\",,-5.00,USD,-5.00,USD,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"'-7\",", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("\r\n", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_time_zone_a_record_with_an_instant_counts_by_its_clocks_however_far_its_date_is()
    {
        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        MemorySink ledger = await LedgerAsync(
            Some.Record("late May in UTC", date: new DateOnly(2025, 5, 31), instant: new DateTimeOffset(2025, 5, 31, 22, 30, 0, TimeSpan.Zero)),
            Some.Record("July by the clocks", date: new DateOnly(2025, 6, 30), instant: new DateTimeOffset(2025, 6, 30, 22, 0, 0, TimeSpan.Zero)),
            Some.Record("no instant", date: new DateOnly(2025, 6, 30)),
            Some.Record("posted long after", date: new DateOnly(2026, 1, 5), instant: new DateTimeOffset(2025, 6, 10, 12, 0, 0, TimeSpan.Zero)));
        MonthReport report = await MonthReport.CreateAsync(ledger, s_june, new MonthTerms { Zone = berlin }, Cancellation);
        Assert.Equal(["2025-06-01", "2025-06-10", "2025-06-30"], report.Days.Select(day => day.Group));
        Assert.Equal("Europe/Berlin", report.Zone);
        Assert.Equal(["2025-06-30", "2025-06-30"], (await MonthReport.CreateAsync(ledger, s_june, cancellationToken: Cancellation)).Lines.Select(line => line.Record.Date.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Other_rules_make_the_categories_anew_and_leave_those_of_the_source()
    {
        BillingRecord ofSource = new()
        {
            Key = Some.Key("s"), Fingerprint = Some.Record("s").Fingerprint, Date = new DateOnly(2025, 6, 3), Party = "Shop", Category = "Groceries", Amount = new Money(3m, Currency.Usd), ReportingAmount = new Money(3m, Currency.Usd),
            Source = new RecordSource("june.csv", 9, 900), RunId = "run-1",
        };
        MemorySink ledger = await LedgerAsync(Some.Record("1", party: "Acme", category: "Old"), Some.Record("2", party: "Bakery", category: "Old"), Some.Record("3", party: "Casino", category: "Old"), ofSource);
        CategoryRules rules = CategoryRules.Parse("""{ "rules": [ { "name": "no casino", "require": { "not": { "party": { "is": "Casino" } } } }, { "name": "acme", "when": { "party": { "is": "Acme" } }, "category": "Tools", "flag": "new" } ] }""");
        MonthReport report = await MonthReport.CreateAsync(ledger, s_june, new MonthTerms { Rules = rules }, Cancellation);
        Assert.Equal([": 1", "Groceries: 1", "Old: 1", "Tools: 1"], report.Categories.Select(row => $"{row.Group}: {row.Billed.Rows}"));
        Assert.Equal("new", Assert.Single(report.Flags).Flag);
        Assert.Equal(1, report.Refused.Rows);
        Assert.Equal(64, report.Rules!.Length);
        Assert.Equal("Old", (await ledger.FindAsync(Some.Key("1"), Cancellation))!.Category);
    }

    [Fact]
    public async Task Other_rates_restate_what_was_converted_and_a_missing_one_is_an_error_that_names_the_record()
    {
        MemorySink ledger = await LedgerAsync(Some.Record("1", amount: 10m, currency: "CAD", reportingAmount: 7.50m, rate: s_rates[0]), Some.Record("2", amount: 4m));
        MonthReport report = await MonthReport.CreateAsync(ledger, s_june, new MonthTerms { Rates = FixedRates.Parse("CAD=0.80") }, Cancellation);
        Assert.Equal(("12", "14 : 0.80"), (report.Reporting["USD"].ToString(), $"{report.Billed["CAD"] + report.Billed["USD"]} : {report.Currencies[0].LowestRate!.ValueText}"));
        MissingRatesException missing = await Assert.ThrowsAsync<MissingRatesException>(async () => await MonthReport.CreateAsync(ledger, s_june, new MonthTerms { Rates = FixedRates.Parse("MXN=0.05") }, Cancellation));
        Assert.Equal("The rates of the report have none for CAD on 2025-06-17 (june.csv:2). Add these rates, or report the amounts that are stored.", missing.Message);
    }

    [Fact]
    public async Task A_month_without_records_is_a_report_of_nothing()
    {
        MonthReport report = await MonthReport.CreateAsync(new MemorySink(), BillingMonth.Parse("0001-01"), cancellationToken: Cancellation);
        Assert.Equal((0, null, null), (report.Billed.Rows, report.Before, report.ReportingCurrency));
        Assert.Equal(1, Encoding.UTF8.GetString(await CsvAsync(report)).Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("2025-13")]
    [InlineData("2025-6")]
    [InlineData("June 2025")]
    [InlineData("")]
    public void What_is_no_month_is_refused(string text) => Assert.False(BillingMonth.TryParse(text, out _));

    private static BillingRecord[] Generated(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, 200).Select(i =>
        {
            bool isConverted = random.Next(3) == 0;
            ExchangeRate rate = s_rates[random.Next(s_rates.Length)];
            decimal amount = random.Next(-5_000, 50_000) / (decimal)Math.Pow(10, random.Next(5));
            return Some.Record(
                $"{seed}-{i}", amount: amount, currency: isConverted ? "CAD" : "USD", reportingAmount: isConverted ? Math.Round(amount * rate.Value, 2) : null, rate: isConverted ? rate : null,
                date: new DateOnly(2025, 4, 20).AddDays(random.Next(90)), party: s_parties[random.Next(s_parties.Length)], category: random.Next(4) == 0 ? null : $"C{random.Next(4)}",
                runId: $"run-{random.Next(3)}", flags: random.Next(4) == 0 ? ["large", "weekend"] : []);
        })];
    }

    private static ControlTotals Totals(BillingRecord[] records, Func<BillingRecord, Money> moneyOf) => new(
        records.Length,
        records.GroupBy(record => moneyOf(record).Currency.Code).ToDictionary(group => group.Key, group => ExactSum.From(group.Sum(record => moneyOf(record).Amount))));

    private static string[] Groups(BillingRecord[] records, Func<BillingRecord, string> groupOf) =>
        [.. records.GroupBy(groupOf).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {Totals([.. group], record => record.Amount)} = {Totals([.. group], record => record.ReportingAmount)}")];

    private static string Text(SummaryRow row) => $"{row.Group}: {row.Billed} = {row.Reporting}";

    private static async Task<MemorySink> LedgerAsync(params BillingRecord[] records)
    {
        MemorySink ledger = new();
        await ledger.WriteAsync(records, Cancellation);
        return ledger;
    }

    private static async Task<byte[]> CsvAsync(MonthReport report)
    {
        using MemoryStream output = new();
        await report.WriteCsvAsync(output, Cancellation);
        return output.ToArray();
    }
}
