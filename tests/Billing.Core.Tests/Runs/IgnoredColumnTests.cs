namespace Billing.Core.Tests.Runs;

/// <summary>What does not tell what a row says: empty columns, the letters of a header, running balances, columns that a layout ignores.</summary>
public sealed class IgnoredColumnTests
{
    private const string June = "date,company,amount,currency,note\n2025-06-08,A,-1.00,EUR,x\n2025-06-08,A,-1.00,EUR,x\n2025-06-09,B,-2.00,EUR,y\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> SecondDeliveries => new()
    {
        { "an empty column more", "date,company,amount,currency,note,mandate\n2025-06-08,A,-1.00,EUR,x,\n2025-06-08,A,-1.00,EUR,x, \n2025-06-09,B,-2.00,EUR,y,\n" },
        { "header in capitals", June.Replace("note", "NOTE", StringComparison.Ordinal) },
        { "blanks in the header", June.Replace("note", " Note ", StringComparison.Ordinal) },
        { "a balance", "date,company,amount,currency,note,Balance\n2025-06-08,A,-1.00,EUR,x,99\n2025-06-08,A,-1.00,EUR,x,98\n2025-06-09,B,-2.00,EUR,y,96\n" },
        { "another balance", "date,company,amount,currency,note,Saldo (EUR)\n2025-06-08,A,-1.00,EUR,x,9\n2025-06-08,A,-1.00,EUR,x,8\n2025-06-09,B,-2.00,EUR,y,6\n" },
        { "JSON without the empty ones", """[{"date":"2025-06-08","company":"A","amount":-1.00,"currency":"EUR","Note":"x","balance":"7"},{"date":"2025-06-08","company":"A","amount":-1.00,"currency":"EUR","Note":"x","more":""},{"date":"2025-06-09","company":"B","amount":-2.00,"currency":"EUR","Note":"y","none":null}]""" },
    };

    [Theory]
    [MemberData(nameof(SecondDeliveries))]
    public async Task A_delivery_that_says_the_same_adds_nothing(string how, string text)
    {
        Ingest ingest = new(billing => billing.UseReportingCurrency("EUR"));
        await ingest.Text(June);
        IngestReport again = await ingest.Text(text, "again.csv");
        Assert.True(again.Stored.Rows == 0, how);
        Assert.Equal((3, 3), (again.Duplicate.Rows, again.Read.Rows));
    }

    [Fact]
    public async Task A_balance_is_kept_and_told_of_and_tells_rows_apart_where_the_layout_says_so()
    {
        const string First = "date,company,amount,currency,Balance\n2025-06-08,A,-1.00,EUR,99\n";
        const string Second = "date,company,amount,currency,Balance\n2025-06-08,A,-1.00,EUR,98\n";
        Ingest ingest = new(billing => billing.UseReportingCurrency("EUR"));
        IngestReport report = await ingest.Text(First);
        Assert.Contains(report.Warnings, warning => warning.StartsWith("column 'Balance' looks like a running balance", StringComparison.Ordinal));
        BillingRecord record = Assert.Single(await ingest.Records());
        Assert.Equal("99", record.Attributes["Balance"]);
        Assert.Equal(["Balance"], record.Attributes.Ignored);
        Assert.Equal(1, (await ingest.Text(Second)).Duplicate.Rows);

        Ingest stated = new(billing => billing.UseReportingCurrency("EUR").UseLayout(new SourceLayout { Ignore = [] }));
        Assert.DoesNotContain((await stated.Text(First)).Warnings, warning => warning.Contains("balance", StringComparison.Ordinal));
        Assert.Equal(1, (await stated.Text(Second)).Stored.Rows);
    }

    [Fact]
    public async Task What_a_layout_ignores_has_no_role_and_tells_no_rows_apart()
    {
        SourceLayout layout = SourceLayout.Parse("""{ "ignore": ["STATUS", "memo", "gone"] }""");
        Ingest ingest = new(billing => billing.UseReportingCurrency("EUR").UseLayout(layout));
        IngestReport report = await ingest.Text("date,company,amount,currency,Status,Memo\n2025-06-08,A,-1.00,EUR,pending,one\n");
        Assert.Contains("there is no column 'gone', which the layout 'layout' ignores.", report.Warnings);
        BillingRecord record = Assert.Single(await ingest.Records());
        Assert.Null(record.Description);
        Assert.Equal(["Status", "Memo"], record.Attributes.Ignored);

        Assert.Equal(1, (await ingest.Text("date,company,amount,currency,Status,Memo\n2025-06-08,A,-1.00,EUR,posted,two\n")).Duplicate.Rows);
        Assert.Equal(1, (await ingest.Text("""{"date":"2025-06-08","company":"A","amount":-1.00,"currency":"EUR"}""" + "\n" + """{"date":"2025-06-08","company":"A","amount":-1.00,"currency":"EUR","status":"x"}""")).Duplicate.Rows);
    }

    [Theory]
    [InlineData("""{ "columns": { "description": "memo" }, "ignore": [" Memo "] }""", "'Memo' is already the description")]
    [InlineData("""{ "ignore": [""] }""", "layout(1): A blank is not a column")]
    [InlineData("""{ "ignore": "memo" }""", "'ignore' must be a list of texts")]
    public void A_layout_that_contradicts_itself_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<BillingConfigurationException>(() => SourceLayout.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_column_that_has_a_role_and_is_ignored_by_place_is_refused_and_a_migration_by_place_too()
    {
        Ingest ingest = new(billing => billing.UseLayout(new SourceLayout { Amount = "amount", Ignore = ["#3"] }));
        BillingConfigurationException refusal = await Assert.ThrowsAsync<BillingConfigurationException>(() => ingest.Text("date,company,amount,currency\n2025-06-08,A,-1.00,USD\n"));
        Assert.Contains("uses column 'amount' as amount, and ignores it", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("#3", Assert.Throws<BillingConfigurationException>(() => new StoreMigration(ingest.Ledger, new StoreMigrationOptions { Ignore = [" #3"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_ignored_columns_than_before_are_told_of()
    {
        const string File = "date,company,amount,currency,status\n2025-06-08,A,-1.00,EUR,posted\n";
        Ingest ingest = new(billing => billing.UseReportingCurrency("EUR"));
        await ingest.Text(File);
        IngestOptions ignoring = new() { Layout = new SourceLayout { Ignore = ["status"] } };

        IngestReport report = await ingest.Text(File, "july.csv", ignoring);
        Assert.Equal(1, report.Stored.Rows);
        string warning = Assert.Single(report.Warnings, warning => warning.Contains("other ignored columns (none stated)", StringComparison.Ordinal));
        Assert.Contains("billing migrate --layout FILE", warning, StringComparison.Ordinal);

        StoreMigrationReport migrated = await new StoreMigration(ingest.Ledger, new StoreMigrationOptions { Ignore = ["status"] }).RunAsync(Cancellation);
        Assert.Equal((2, 1, 1, 1), (migrated.Records, migrated.Changed, migrated.Runs, migrated.BecameEqualRecords));
        IngestReport after = await ingest.Text("date,company,amount,currency,status\n2025-06-08,A,-1.00,EUR,x\n2025-06-08,A,-1.00,EUR,x\n2025-06-08,C,-1.00,EUR,x\n", "august.csv", ignoring);
        Assert.Equal((1, 2), (after.Stored.Rows, after.Duplicate.Rows));
        Assert.DoesNotContain(after.Warnings, warning => warning.Contains("other ignored columns", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_ignored_columns_in_another_scope_store_nothing_twice_and_are_not_told_of()
    {
        const string File = "date,company,amount,currency,status\n2025-06-08,A,-1.00,EUR,posted\n";
        Ingest ingest = new(billing => billing.UseReportingCurrency("EUR"));
        await ingest.Text(File);
        IngestReport report = await ingest.Text(File, "july.csv", new IngestOptions { Scope = "company-2", Layout = new SourceLayout { Ignore = ["status"] } });
        Assert.Equal(1, report.Stored.Rows);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public async Task To_state_what_is_ignored_anyway_is_no_change()
    {
        const string File = "date,company,amount,currency,Saldo\n2025-06-08,{0},-1.00,EUR,9\n";
        Ingest ingest = new(billing => billing.UseReportingCurrency("EUR"));
        await ingest.Text(File.Replace("{0}", "A", StringComparison.Ordinal));
        IngestReport report = await ingest.Text(File.Replace("{0}", "B", StringComparison.Ordinal), options: new IngestOptions { Layout = new SourceLayout { Ignore = ["saldo"] } });
        Assert.Equal(1, report.Stored.Rows);
        Assert.Empty(report.Warnings);
        Assert.Equal(1, (await ingest.Text(File.Replace("{0}", "A", StringComparison.Ordinal), options: new IngestOptions { Layout = new SourceLayout { Ignore = ["saldo"] } })).Duplicate.Rows);
    }

    [Fact]
    public async Task A_store_of_an_earlier_form_is_refused_as_ledger_and_as_follower_and_nothing_is_stored()
    {
        MemorySink old = new();
        await old.WriteRunAsync(Some.Report("run-1") with { CanonicalForm = 1, ReportingCurrency = "EUR" }, Cancellation);
        Ingest follower = new(billing => billing.UseReportingCurrency("EUR").AddSink(old));
        BillingConfigurationException refusal = await Assert.ThrowsAsync<BillingConfigurationException>(() => follower.Text(June));
        Assert.Contains("canonical form v1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("billing migrate --store", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await follower.Records());

        await new StoreMigration(old).RunAsync(Cancellation);
        Assert.Equal(3, (await follower.Text(June)).Stored.Rows);
    }
}
