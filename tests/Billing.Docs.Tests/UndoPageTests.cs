using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Docs.Tests;

/// <summary>What docs/undo.md shows is compiled, and does what it says.</summary>
public sealed class UndoPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_piece_of_code_of_the_page_is_compiled()
    {
        string compiled = Normal(await File.ReadAllTextAsync(Repository.PathTo("tests", "Billing.Docs.Tests", "UndoPage.cs"), Cancellation));
        Block[] pieces = [.. DocsPage.Load("docs/undo.md").Blocks.Where(block => block.Kind == "csharp")];
        Assert.Equal(6, pieces.Length);
        Assert.All(pieces, piece => Assert.Contains(Normal(piece.Text), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_is_taken_back_and_the_ledger_can_be_read_as_it_was()
    {
        await using ServiceProvider services = Services();
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        MemorySink ledger = (MemorySink)pipeline.Ledger;
        IngestReport may = await pipeline.IngestAsync(BillingSource.Text("may.csv", Csv("may.csv")), Cancellation);
        IngestReport june = await pipeline.IngestAsync(BillingSource.Text("june.csv", Csv("june.csv")), Cancellation);
        RecordKey cafe = await KeyAsync(ledger, "Cafe");
        Assert.Equal(2, (await UndoPage.RevertAsync(pipeline, june)).TakenOut.Rows);
        Assert.Equal(2, Assert.Single(await UndoPage.AsOfAsync(ledger, may, cafe)).Billed.Rows);
        Assert.Equal([2, 2], (await UndoPage.AsOfAsync(ledger, june, cafe)).Select(row => row.Billed.Rows));
    }

    [Fact]
    public async Task A_record_is_removed_and_put_back()
    {
        await using ServiceProvider services = Services();
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        MemorySink ledger = (MemorySink)pipeline.Ledger;
        await pipeline.IngestAsync(BillingSource.Text("june.csv", Csv("june.csv")), Cancellation);
        RecordKey cafe = await KeyAsync(ledger, "Cafe");
        LedgerEntry removal = await UndoPage.RemoveAsync(ledger, cafe);
        Assert.Equal("7.25", removal.TakenOut["USD"].ToString());
        Assert.NotNull(await ledger.FindAsync(cafe, Cancellation));
        Assert.Equal(2, await ledger.GetChangesAsync(cafe, Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_delivery_replaces()
    {
        await using ServiceProvider services = Services(RecordIdentity.Columns("id"));
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        await pipeline.IngestAsync(
            BillingSource.Text("june-2.csv", Csv("june-2.csv")),
            new IngestOptions { Delivery = Delivery.Replace("card-1", new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30), "1") },
            Cancellation);
        await File.WriteAllTextAsync("june-3.csv", Csv("june-3.csv"), Cancellation);
        IngestReport report = await UndoPage.ReplaceAsync(pipeline);
        File.Delete("june-3.csv");
        Assert.Equal((1, "3", "1 rows, 7.5 USD"), (report.Duplicate.Rows, report.Stored["USD"].ToString(), report.Superseded.ToString()));
    }

    [Fact]
    public async Task Revised_rates_make_a_restatement()
    {
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")).AddSink(new MemorySink())).BuildServiceProvider();
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        await pipeline.IngestAsync(BillingSource.Text("june.csv", "date,company,amount,currency\n2025-06-02,Acme,100.00,CAD\n"), Cancellation);
        LedgerEntry restated = await UndoPage.RestateAsync((IBillingStore)pipeline.Ledger);
        await UndoPage.RoundingAsync((IBillingStore)pipeline.Ledger);
        Assert.Equal((1, "-1"), (restated.Number, restated.Difference["USD"].ToString()));
    }

    private static ServiceProvider Services(RecordIdentity? identity = null) =>
        new ServiceCollection().AddBilling(billing => billing.UseLayout(new SourceLayout { Identity = identity }).AddSink(new MemorySink())).BuildServiceProvider();

    private static string Csv(string name) => Assert.Single(DocsPage.Load("docs/undo.md").Blocks, block => block.File == name).Text;

    private static async Task<RecordKey> KeyAsync(MemorySink ledger, string party) =>
        Assert.Single((await ledger.QueryAsync(new RecordQuery { Party = party }, Cancellation)).Items).Key;

    private static string Normal(string code) => Regex.Replace(code, @"\s+", " ").Trim();
}
