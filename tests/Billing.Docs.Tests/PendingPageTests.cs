using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Docs.Tests;

/// <summary>What docs/pending.md shows is compiled, and does what it says.</summary>
public sealed class PendingPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_code_of_the_page_is_compiled_and_answers()
    {
        string compiled = Normal(await File.ReadAllTextAsync(Repository.PathTo("tests", "Billing.Docs.Tests", "PendingPage.cs"), Cancellation));
        Block piece = Assert.Single(DocsPage.Load("docs/pending.md").Blocks, block => block.Kind == "csharp");
        Assert.Contains(Normal(piece.Text), compiled, StringComparison.Ordinal);

        SourceLayout layout = SourceLayout.Parse(Text("card.layout.json"));
        await using ServiceProvider services = new ServiceCollection()
            .AddBilling(billing => billing.UseLayout(layout with { Pending = layout.Pending! with { Id = null, Match = new PendingMatch { Days = 5 } } }).AddSink(new MemorySink()))
            .BuildServiceProvider();
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        await pipeline.IngestAsync(BillingSource.Text("monday.csv", Text("monday.csv")), Cancellation);
        await pipeline.IngestAsync(BillingSource.Text("friday.csv", Text("friday.csv")), Cancellation);
        MemorySink ledger = (MemorySink)pipeline.Ledger;
        LedgerPending pending = new(ledger);
        IReadOnlyList<PendingTransaction> rows = await pending.ListAsync(cancellationToken: Cancellation);
        BillingRecord cafe = Assert.Single((await ledger.QueryAsync(new RecordQuery { Party = "Cafe" }, Cancellation)).Items);
        await PendingPage.AnswerAsync(ledger, rows.Single(row => row.Party == "Cafe").Key, cafe.Key, rows.Single(row => row.Party == "Petrol").Key);
        Assert.Empty(await pending.ListAsync(cancellationToken: Cancellation));
    }

    private static string Text(string name) => Assert.Single(DocsPage.Load("docs/pending.md").Blocks, block => block.File == name).Text;

    private static string Normal(string code) => Regex.Replace(code, @"\s+", " ").Trim();
}
