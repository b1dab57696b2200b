using System.Globalization;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Proofs;

/// <summary>A running balance must come out row by row, and its first break is named with its line.</summary>
public sealed class RunningBalanceTests
{
    private const string Header = "date,company,amount,currency,balance\n";

    private static readonly SourceLayout s_layout = new() { Balance = "balance" };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Statements_are_proved_oldest_first_and_newest_first(int seed)
    {
        GeneratedStatement statement = new(seed);
        List<string> lines = statement.Lines();
        foreach (List<string> order in (List<string>[])[lines, [.. lines.AsEnumerable().Reverse()]])
        {
            IngestReport report = await Euros().Text(GeneratedStatement.Text(order), options: new IngestOptions { Layout = s_layout, Expect = statement.Stated });
            Assert.Equal(ProofOutcome.Proved, report.Proof.Outcome);
            Assert.All(statement.Stated.Openings, pair => Assert.Equal(pair.Value, report.Proof.Openings[pair.Key]));
            Assert.All(statement.Stated.Closings, pair => Assert.Equal(pair.Value, report.Proof.Closings[pair.Key]));
        }
    }

    [Fact]
    public async Task A_break_names_its_line_and_the_column()
    {
        const string text = Header + "2025-06-01,A,10,EUR,110\n2025-06-02,A,5.50,EUR,115.5\n2025-06-03,A,-1,EUR,113.5\n2025-06-04,A,1,EUR,114.5\n";
        IngestFailedException e = await FailsAsync(text);
        Assert.Contains("balance EUR: stated 113.5, found 114.5, difference 1 (line 4, column 'balance')", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, Assert.Single(e.Report.Proof.Figures, figure => figure.IsContradicted).Line);
    }

    [Fact]
    public async Task A_break_newest_first_names_the_first_line_that_does_not_follow()
    {
        // Line 4 says what the account held before the row above it.
        const string text = Header + "2025-06-05,A,1,EUR,115\n2025-06-04,A,2,EUR,114\n2025-06-03,A,3,EUR,111\n2025-06-02,A,4,EUR,109\n2025-06-01,A,5,EUR,105\n";
        IngestFailedException e = await FailsAsync(text);
        Assert.Contains("balance EUR: stated 111, found 112, difference 1 (line 4, column 'balance')", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_without_a_balance_are_part_of_the_next_one()
    {
        const string text = Header + "2025-06-01,A,10,EUR,\n2025-06-01,A,20,EUR,130\n2025-06-02,A,1,EUR,\n2025-06-02,A,2,EUR,\n2025-06-02,A,3,EUR,136\n2025-06-03,A,4,EUR,\n";
        IngestReport report = await Take(text);
        Assert.Equal((ProofOutcome.Proved, "100", "140"), (report.Proof.Outcome, report.Proof.Openings["EUR"].ToString(), report.Proof.Closings["EUR"].ToString()));
        await FailsAsync(text.Replace("A,2,EUR", "A,2.01,EUR", StringComparison.Ordinal));
        string newestFirst = Header + string.Join('\n', text.Split('\n')[1..^1].Reverse());
        IngestReport reversed = await Take(newestFirst);
        Assert.Equal((ProofOutcome.Proved, "100", "140"), (reversed.Proof.Outcome, reversed.Proof.Openings["EUR"].ToString(), reversed.Proof.Closings["EUR"].ToString()));
    }

    [Theory]
    [InlineData("closing=140", "closing=136", "closing EUR: stated 136, found 140")]
    [InlineData("opening=100", "opening=130", "opening EUR: stated 130, found 100")]
    public async Task A_balance_that_is_stated_alone_is_compared_with_all_rows_also_those_without_one(string right, string wrong, string message)
    {
        const string text = Header + "2025-06-01,A,10,EUR,\n2025-06-01,A,20,EUR,130\n2025-06-02,A,6,EUR,136\n2025-06-03,A,4,EUR,\n";
        string newestFirst = Header + string.Join('\n', text.Split('\n')[1..^1].Reverse());
        foreach (string order in (string[])[text, newestFirst])
        {
            IngestReport report = await Euros().Text(order, options: new IngestOptions { Layout = s_layout, Expect = StatedTotals.Parse(right) });
            Assert.Equal(ProofOutcome.Proved, report.Proof.Outcome);
            Assert.Contains(message, (await FailsAsync(order, wrong)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_balance_alone_proves_nothing_but_tells_the_opening()
    {
        IngestReport report = await Take(Header + "2025-06-01,A,10,EUR,110\n");
        Assert.Equal((ProofOutcome.Unproved, "100", "110"), (report.Proof.Outcome, report.Proof.Openings["EUR"].ToString(), report.Proof.Closings["EUR"].ToString()));
        IngestFailedException e = await FailsAsync(Header + "2025-06-01,A,10,EUR,110\n", "opening=99");
        Assert.Contains("opening EUR: stated 99, found 100, difference 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_currency_has_its_own_and_one_without_contradicts()
    {
        const string text = Header + "2025-06-01,A,10,EUR,110\n2025-06-01,A,-20,USD,-20\n2025-06-02,A,1,EUR,111\n2025-06-03,A,5,USD,-15\n";
        IngestReport report = await Take(text);
        Assert.Equal((ProofOutcome.Proved, "100", "-15"), (report.Proof.Outcome, report.Proof.Openings["EUR"].ToString(), report.Proof.Closings["USD"].ToString()));
        IngestFailedException e = await FailsAsync(text + "2025-06-03,A,5,GBP,\n");
        Assert.Contains("GBP: nothing is stated, found 5", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_balance_that_cannot_be_read_contradicts_and_does_not_cost_the_row_elsewhere()
    {
        const string text = Header + "2025-06-01,A,10,EUR,110\n2025-06-02,A,1,EUR,soon\n2025-06-03,A,1,EUR,112\n";
        IngestFailedException e = await FailsAsync(text);
        Assert.Contains("the balance in line 3 cannot be read", e.Message, StringComparison.Ordinal);
        Assert.Equal((3, 0), (await Euros().Text(text) is var report ? report.Stored.Rows : 0, report.Quarantined.Rows));
    }

    [Fact]
    public async Task Numbers_signs_and_minor_units_are_those_of_the_amounts()
    {
        SourceLayout german = SourceLayout.Parse("""{ "columns": { "date": "Tag", "debit": "Soll", "credit": "Haben", "balance": "Saldo" }, "defaultCurrency": "EUR", "numbers": { "decimalMark": ",", "groupSeparators": "." }, "dateFormats": ["dd.MM.yyyy"], "separator": ";" }""");
        IngestReport report = await Euros().Text("Tag;Soll;Haben;Saldo\n01.06.2025;;1.000,50;11.000,50\n02.06.2025;2.000,25;;9.000,25\n", options: new IngestOptions { Layout = german });
        Assert.Equal((ProofOutcome.Proved, "10000", "9000.25"), (report.Proof.Outcome, report.Proof.Openings["EUR"].ToString(), report.Proof.Closings["EUR"].ToString()));

        SourceLayout cents = s_layout with { MinorUnits = true, NegateAmounts = true };
        IngestReport negated = await Euros().Text(Header + "2025-06-01,A,1050,EUR,1050\n2025-06-02,A,50,EUR,1100\n", options: new IngestOptions { Layout = cents });
        Assert.Equal((ProofOutcome.Proved, "0", "-11"), (negated.Proof.Outcome, negated.Proof.Openings["EUR"].ToString(), negated.Proof.Closings["EUR"].ToString()));
    }

    [Fact]
    public async Task Json_has_one_too()
    {
        SourceLayout layout = s_layout with { Balance = "after.amount" };
        const string text = """
            {"date":"2025-06-01","amount":10.005,"currency":"EUR","after":{"amount":"110.0050"}}
            {"date":"2025-06-02","amount":-0.005,"currency":"EUR","after":{"amount":110}}
            """;
        Assert.Equal(ProofOutcome.Proved, (await Euros().Text(text, "june.json", new IngestOptions { Layout = layout })).Proof.Outcome);
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => Euros().Text(text.Replace("110}", "110.01}", StringComparison.Ordinal), "june.json", new IngestOptions { Layout = layout }));
        Assert.Contains("line 2, column 'after.amount'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Naming_the_column_changes_no_key_and_an_unknown_one_should_be_ignored()
    {
        const string text = Header + "2025-06-01,A,10,EUR,110\n2025-06-02,A,1,EUR,111\n";
        Ingest ingest = Euros();
        IngestReport first = await ingest.Text(text);
        IngestReport second = await ingest.Text(text, options: new IngestOptions { Layout = s_layout });
        Assert.Equal((2, 2, ProofOutcome.Proved), (first.Stored.Rows, second.Duplicate.Rows, second.Proof.Outcome));
        Assert.Empty(second.Warnings);

        string strange = text.Replace("balance", "level", StringComparison.Ordinal);
        IngestReport warned = await Euros().Text(strange, options: new IngestOptions { Layout = new SourceLayout { Balance = "level" } });
        Assert.Contains("\"ignore\": [\"level\"]", Assert.Single(warned.Warnings), StringComparison.Ordinal);
        Assert.Empty((await Euros().Text(strange, options: new IngestOptions { Layout = new SourceLayout { Balance = "level", Ignore = ["level"] } })).Warnings);
    }

    [Fact]
    public async Task A_known_source_whose_balance_came_out_is_known_and_proved()
    {
        Ingest ingest = Euros();
        string text = Header + string.Join('\n', Enumerable.Range(1, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"2025-06-{i:D2},A,1,EUR,{100 + i}")));
        IngestOptions options = new() { Layout = s_layout };
        IngestReport first = await ingest.Pipeline().IngestAsync(new CountedSource("june.csv", text), options, TestContext.Current.CancellationToken);
        IngestReport known = await ingest.Pipeline().IngestAsync(new CountedSource("june.csv", text), options, TestContext.Current.CancellationToken);
        Assert.Equal((first.RunId, ProofOutcome.Proved), (known.KnownFrom, known.Proof.Outcome));
    }

    private static Ingest Euros() => new(billing => billing.UseExchangeRates(FixedRates.Parse("EUR=1.1, GBP=1.3")));

    private static Task<IngestReport> Take(string text) => Euros().Text(text, options: new IngestOptions { Layout = s_layout });

    private static async Task<IngestFailedException> FailsAsync(string text, string? stated = null)
    {
        Ingest ingest = Euros();
        IngestOptions options = new() { Layout = s_layout, Expect = stated is null ? null : StatedTotals.Parse(stated) };
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Text(text, options: options));
        Assert.Equal(ProofOutcome.Contradicted, e.Report.Proof.Outcome);
        Assert.Empty(await ingest.Records());
        Assert.Empty(await ingest.Quarantine(resolved: true));
        return e;
    }
}
