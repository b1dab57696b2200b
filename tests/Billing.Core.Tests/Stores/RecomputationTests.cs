using System.Globalization;
using System.Text;
using Billing.Core.Tests.Amendments;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Stores;

/// <summary>A verification makes keys, reporting amounts and categories again, and finds what is not as its run made it, also without seals.</summary>
public sealed class RecomputationTests
{
    private const string Rules = """{ "rules": [ { "name": "cafes", "when": { "party": { "contains": "Cafe" } }, "category": "Food" }, { "name": "large", "when": { "amount": { "atLeast": 5 } }, "flag": "large", "alert": true } ] }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Identities => ["content", "position", "columns:id", "columns+occurrence:company", "columns:id,till"];

    [Theory]
    [MemberData(nameof(Identities))]
    public async Task What_runs_stored_is_made_again_to_the_same_keys_amounts_and_categories(string identity)
    {
        int records = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            Ingest ingest = Ledger(seed, identity);
            await IngestAsync(ingest, seed);
            StoreVerification verification = new(ingest.Ledger);
            Assert.Empty(await verification.FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
            Assert.Empty(verification.NotRecomputed);
            records += (int)verification.Records.Rows;
        }

        Assert.InRange(records, 300, int.MaxValue);
    }

    [Theory]
    [InlineData("columns:id")]
    [InlineData("columns:till")]
    [InlineData("columns:id,note")]
    [InlineData("columns+occurrence:place.city")]
    [InlineData("columns:place.city,id")]
    public async Task What_stands_in_JSON_is_made_again_or_counted_and_is_never_a_fault(string identity)
    {
        Ingest ingest = new(Configure(identity));
        string[] objects = [.. Enumerable.Range(1, 6).Select(i => $$$"""{"id":{{{i}}}.0,"date":"2025-06-0{{{i}}}","company":"Ca\u0066e","amount":{{{i}}}.50,"currency":"MXN","till":1e{{{i}}},"note":" a\n\"b\" {{{i}}} ","place":{"city":"M\u00e9rida {{{i}}}"}}""")];
        await ingest.Text($"[{string.Join(',', objects)}]", "june.json", new IngestOptions { Layout = new SourceLayout { Id = "id", Party = "company", Description = "note" } });
        StoreVerification verification = new(ingest.Ledger);
        Assert.Empty(await verification.FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
        Assert.Equal(6, verification.Records.Rows);
        Assert.True(verification.NotRecomputed.Count == 0 || verification.NotRecomputed.Values.Single() == 6);
    }

    [Fact]
    public async Task Quoted_and_blank_texts_of_CSV_are_never_a_fault()
    {
        Ingest ingest = new(Configure("columns:id,till"));
        await ingest.Text(
            "id,date,company,amount,currency,till\n\" x \"\"1\"\" \",2025-06-01,Cafe,1.00,MXN,\"a,\nb\"\n  y ,2025-06-02,Cafe,2.00,CAD, e\u0301 \n",
            options: new IngestOptions { Layout = new SourceLayout { Id = "id", Party = "company" } });
        StoreVerification verification = new(ingest.Ledger);
        Assert.Empty(await verification.FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
        Assert.Equal((2, 0), ((int)verification.Records.Rows, verification.NotRecomputed.Count));
    }

    [Theory]
    [InlineData("key", StoreFaultKind.Key)]
    [InlineData("occurrence", StoreFaultKind.Key)]
    [InlineData("scope", StoreFaultKind.Key)]
    [InlineData("reporting_amount: digit", StoreFaultKind.ReportingAmount)]
    [InlineData("reporting_currency", StoreFaultKind.ReportingAmount)]
    [InlineData("rate", StoreFaultKind.ReportingAmount)]
    [InlineData("category", StoreFaultKind.Category)]
    [InlineData("category_rule", StoreFaultKind.Category)]
    [InlineData("flags", StoreFaultKind.Category)]
    [InlineData("alerts", StoreFaultKind.Category)]
    public async Task An_edit_that_the_fingerprint_does_not_cover_is_found_and_named(string column, StoreFaultKind kind)
    {
        Ingest ingest = new(Configure("content"));
        await ingest.Text("date,company,amount,currency\n2025-06-01,Cafe,10.00,MXN\n2025-06-02,Acme,1.00,USD\n", options: new IngestOptions { Scope = "card-1" });
        RecordKey key = (await ingest.Records()).Single(record => record.Party == "Cafe").Key;
        foreach (bool isConverted in new[] { true, false })
        {
            if (!isConverted && column is "rate" or "category" or "category_rule")
            {
                continue;
            }

            MemorySink edited = await Copies.OfAsync(ingest.Ledger, record => (record.Key == key) == isConverted ? Edit(record, column) : record);
            StoreFault[] faults = [.. (await new StoreVerification(edited).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation)).Where(fault => fault.Kind == kind)];
            Assert.Equal(isConverted ? 2 : 3, Assert.Single(faults).Source!.Value.Line);
        }
    }

    [Fact]
    public async Task What_entries_changed_is_no_fault_and_an_edit_beside_it_is()
    {
        Ingest ingest = new(Configure("content"));
        IngestReport run = await ingest.Text("date,company,amount,currency\n2025-06-01,Cafe,10.00,MXN\n2025-06-02,Acme,1.00,MXN\n2025-06-03,Acme,2.00,USD\n");
        await ingest.Text("date,company,amount,currency\n2025-06-01,Cafe,10.00,MXN\n", "again.csv");
        await new RateRestatement(ingest.Ledger, FixedRates.Parse("MXN=0.06")).RunAsync(new RecordQuery { Party = "Cafe" }, Cancellation);
        await new RuleTrial(CategoryRules.Parse("""{ "rules": [ { "name": "firms", "when": { "party": { "is": "Acme" } }, "category": "Firms" } ] }""")).ApplyAsync(ingest.Ledger, new RecordQuery { Currency = "USD" }, cancellationToken: Cancellation);
        Assert.Empty(await new StoreVerification(ingest.Ledger).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
        await ingest.Pipeline().RevertAsync(run.RunId, "test", Cancellation);
        Assert.Empty(await new StoreVerification(ingest.Ledger).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));

        await ingest.Text("date,company,amount,currency\n2025-06-05,Deli,1.00,MXN\n", "more.csv");
        MemorySink edited = await Copies.OfAsync(ingest.Ledger, record => record.Party == "Deli" ? Edit(record, "reporting_amount: digit") : record);
        Assert.Contains(await new StoreVerification(edited).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation), fault => fault.Kind == StoreFaultKind.ReportingAmount && fault.Detail.Contains("comes to 0.06 USD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_made_again_is_counted_by_its_reason()
    {
        Ingest ingest = new(billing => billing
            .AddCategoryRules(CategoryRules.Create(CategoryRule.When("all", record => true).WithCategory("Any")))
            .UseIdentity(RecordIdentity.Parse("columns:date,company")));
        await ingest.Text("date,company,amount,currency\n2025-06-01,A,10.00,USD\n2025-06-02,B,10.00,USD\n");
        await ingest.Ledger.WriteAsync([Some.Record("old", runId: "old", amount: 1m)], Cancellation);
        StoreVerification verification = new(ingest.Ledger);
        await verification.FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal(
            ["their keys are made of columns whose texts are not kept: 2", "their rules were set in code (all): 2", "their runs kept no settings: 1"],
            verification.NotRecomputed.Select(one => $"{one.Key}: {one.Value}"));
    }

    private static Action<BillingBuilder> Configure(string identity, MidpointRounding rounding = MidpointRounding.ToEven) => billing => billing
        .UseExchangeRates(FixedRates.Parse("MXN=0.059, CAD=0.7449"))
        .UseRounding(rounding)
        .UseIdentity(RecordIdentity.Parse(identity))
        .AddCategoryRules(CategoryRules.Parse(Rules));

    private static Ingest Ledger(int seed, string identity) => new(Configure(identity, Enum.GetValues<MidpointRounding>()[seed % 5]));

    private static async Task IngestAsync(Ingest ingest, int seed)
    {
        Random random = new(seed);
        for (int file = 0; file < 3; file++)
        {
            StringBuilder text = new("id,date,company,amount,currency,till,category\n");
            for (int i = random.Next(2, 12); i > 0; i--)
            {
                text.Append(CultureInfo.InvariantCulture, $"{file}-{i},2025-06-0{random.Next(1, 4)},{((string[])["Cafe", " Ménage ", "Acme"])[random.Next(3)]},{random.Next(-900, 900) / 100m},{((string[])["USD", "CAD", "MXN"])[random.Next(3)]},{(char)('a' + random.Next(2))},{((string[])["", "Own"])[random.Next(2)]}\n");
            }

            await ingest.Text(text.ToString(), $"{file}.csv", new IngestOptions { Scope = random.Next(2) == 0 ? null : "card-1", Layout = new SourceLayout { Id = "id", Party = "company" } });
        }
    }

    private static BillingRecord Edit(BillingRecord record, string column) => column switch
    {
        "reporting_amount: digit" => Edits.Of(record, "reporting_amount", FormattableString.Invariant($"{record.ReportingAmount.Amount + 0.01m}")),
        "rate" => Edits.Of(record, "rate", "0.0591"),
        _ => Edits.Of(record, column),
    };
}
