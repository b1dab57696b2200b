namespace Billing.Core.Tests.Runs;

/// <summary>The sender's own category, from a column that the layout names.</summary>
public sealed class CategoryColumnTests
{
    private const string June = "date,company,amount,currency,Group\n2025-06-01,A,10,USD, Food \n2025-06-02,B,20,USD,\n2025-06-03,C,3000,USD,Travel\n2025-06-04,D,40,USD,NULL\n";

    private static readonly SourceLayout s_layout = SourceLayout.Parse("""{ "columns": { "category": "group" }, "nullValues": ["NULL"] }""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_the_category_where_no_rule_gives_one()
    {
        Ingest ingest = new(billing => billing.UseLayout(s_layout).AddCategoryRules(CategoryRules.Parse(
            """{ "rules": [ { "name": "large", "when": { "amount": { "atLeast": 1000 } }, "category": "high_value" } ] }""")));
        await ingest.Text(June);
        BillingRecord[] records = [.. await ingest.Records()];
        Assert.Equal([("Food", null), (null, null), ("high_value", "large"), (null, null)], records.Select(record => (record.Category, record.CategoryRule)));
        Assert.Equal(" Food ", records[0].Attributes["Group"]);
    }

    [Fact]
    public async Task Of_JSON_it_is_a_member_also_one_that_only_later_objects_have()
    {
        Ingest ingest = new(billing => billing.UseLayout(SourceLayout.Parse("""{ "columns": { "category": "kind.name" } }""")));
        await ingest.Text("""
            {"date":"2025-06-01","amount":10,"currency":"USD","kind":{"name":"Food"}}
            {"date":"2025-06-02","amount":20,"currency":"USD","kind":{"name":null}}
            {"date":"2025-06-03","amount":30,"currency":"USD"}
            """, "june.jsonl");
        Assert.Equal(["Food", null, null], (await ingest.Records()).Select(record => record.Category));
    }

    [Fact]
    public async Task Naming_it_makes_no_other_keys_and_no_other_fingerprints()
    {
        Ingest plain = new();
        await plain.Text(June.Replace("NULL", "", StringComparison.Ordinal));
        Ingest stated = new(billing => billing.UseLayout(new SourceLayout { Category = "Group" }));
        await stated.Text(June.Replace("NULL", "", StringComparison.Ordinal));
        Assert.Equal(
            (await plain.Records()).Select(record => (record.Key, record.Fingerprint, record.Attributes.ToString())),
            (await stated.Records()).Select(record => (record.Key, record.Fingerprint, record.Attributes.ToString())));

        IngestReport again = await plain.Pipeline().IngestAsync(BillingSource.Text("june.csv", June.Replace("NULL", "", StringComparison.Ordinal)), new IngestOptions { Layout = new SourceLayout { Category = "Group" } }, Cancellation);
        Assert.Equal((0, 4), (again.Stored.Rows, again.Duplicate.Rows));
        Assert.All(await plain.Records(), record => Assert.Null(record.Category));
    }

    [Fact]
    public async Task It_may_be_ignored_so_that_a_sender_may_change_it()
    {
        SourceLayout layout = SourceLayout.Parse("""{ "columns": { "category": "Group" }, "ignore": ["group"] }""");
        Ingest ingest = new(billing => billing.UseLayout(layout));
        await ingest.Text("date,amount,currency,Group\n2025-06-01,10,USD,Food\n");
        IngestReport again = await ingest.Text("date,amount,currency,Group\n2025-06-01,10,USD,Travel\n");
        Assert.Equal(1, again.Duplicate.Rows);
        Assert.Equal("Food", Assert.Single(await ingest.Records()).Category);
    }

    [Fact]
    public async Task It_is_the_scope_as_well_where_the_layout_says_so_and_nothing_else()
    {
        Ingest ingest = new(billing => billing.UseLayout(new SourceLayout { Category = "Group", Scope = "Group" }));
        await ingest.Text("date,amount,currency,Group\n2025-06-01,10,USD,Food\n");
        BillingRecord record = Assert.Single(await ingest.Records());
        Assert.Equal(("Food", "Food"), (record.Category, record.Scope));
        Assert.Contains("is already the account", Assert.Throws<BillingConfigurationException>(() => SourceLayout.Parse("""{ "columns": { "account": "Group", "category": "Group" } }""")).Message, StringComparison.Ordinal);
        SourceFormatException missing = await Assert.ThrowsAsync<SourceFormatException>(() => ingest.Text("date,amount,currency\n2025-06-01,10,USD\n", options: new IngestOptions { Layout = new SourceLayout { Category = "Group" } }));
        Assert.Contains("there is no column 'Group', which the layout names as category", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_and_a_trace_give_it_too()
    {
        Ingest ingest = new(billing => billing.UseLayout(s_layout));
        await ingest.Text("date,amount,currency,Group\n2025-06-01,10,CAD,Food\n");
        Assert.Single(await ingest.Quarantine());

        // The replay takes the layout from the run.
        Ingest bare = new();
        await bare.Text("date,amount,currency,Group\n2025-06-01,10,CAD,Food\n", options: new IngestOptions { Layout = s_layout });
        await bare.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75"))).ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation);
        Assert.Equal("Food", Assert.Single(await bare.Records()).Category);

        RecordTrace? trace = await ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75"))).TraceAsync(BillingSource.Text("june.csv", "date,amount,currency,Group\n2025-06-01,10,CAD,Food\n"), 2, new IngestOptions(), Cancellation);
        Assert.Equal(("Food", null), (trace!.Record!.Category, trace.Record.CategoryRule));
    }

    [Fact]
    public async Task Without_a_layout_that_names_it_no_header_is_one()
    {
        Ingest ingest = new();
        await ingest.Text("date,amount,currency,category\n2025-06-01,10,USD,Food\n");
        BillingRecord record = Assert.Single(await ingest.Records());
        Assert.Null(record.Category);
        Assert.Equal("Food", record.Attributes["category"]);
    }

    [Theory]
    [InlineData("category", "Food", "category")]
    [InlineData("Kategorie", "Essen", "Kategorie")]
    [InlineData("CATÉGORIE", "Repas", "CATÉGORIE")]
    [InlineData("expense_category", "Food", "expense_category")]
    [InlineData("category", "17", null)]
    [InlineData("category", "", null)]
    [InlineData("group", "Food", null)]
    public async Task Inspection_proposes_it_by_its_header(string header, string value, string? proposed)
    {
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("june.csv", $"date,amount,currency,{header}\n2025-06-01,10.50,USD,{value}\n2025-06-02,11.50,USD,{value}\n"), Cancellation);
        Assert.Equal(proposed, proposal.Layout.Category);
        Assert.Equal(proposed is null ? "attribute" : "category", proposal.Columns[^1].Role);
        Assert.Equal(2, proposal.RowsRead);
        Assert.Equal(proposal.Layout, SourceLayout.Parse(proposal.Layout.ToJson()) with { Name = null });
    }
}
