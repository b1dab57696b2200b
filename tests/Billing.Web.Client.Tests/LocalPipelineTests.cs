using System.Text;
using Billing.Web.Client.Importing;

namespace Billing.Web.Client.Tests;

public sealed class LocalPipelineTests
{
    private const string Csv = "date,amount,currency,description\n2026-01-01,10.00,USD,=1+1\n2026-01-02,5.00,CAD,hotel\nnever,1.00,USD,x\n";

    [Fact]
    public async Task A_row_becomes_a_record_waits_for_a_rate_or_needs_mending()
    {
        LocalPreview preview = await RunAsync(new LocalTerms());
        Assert.Equal([null, QuarantineReason.NoRate, QuarantineReason.BadDate], preview.Rows.Select(row => row.Refused?.Reason));
        Assert.Equal(1, preview.WaitingForRate);
        Assert.Equal(1, preview.Refused);
        Assert.Equal("never,1.00,USD,x", preview.Rows[2].Raw?.TrimEnd());
        Assert.Equal("2026-01-01,10.00,USD,=1+1", preview.Rows[0].Raw);
        Assert.True(preview.Report!.IsBalanced);
    }

    [Fact]
    public async Task With_rates_and_rules_it_comes_to_what_a_host_would()
    {
        LocalPreview preview = await RunAsync(new LocalTerms
        {
            Rates = FixedRates.Parse("CAD=0.75"),
            Rules = CategoryRules.Parse("""{ "rules": [ { "name": "hotel", "when": { "text": "hotel" }, "category": "Travel" } ] }"""),
        });
        Assert.Equal(Money.Parse("3.75 USD"), preview.Rows[1].Record!.ReportingAmount);
        Assert.Equal("Travel", preview.Rows[1].Record!.Category);
    }

    [Fact]
    public async Task A_contradicted_file_shows_its_rows_and_the_difference()
    {
        LocalPreview preview = await RunAsync(new LocalTerms { Expect = StatedTotals.Parse("rows=4") });
        Assert.Equal(ProofOutcome.Contradicted, preview.Proof.Outcome);
        Assert.NotNull(preview.Fault);
        Assert.Equal(3, preview.Rows.Count);
    }

    [Fact]
    public async Task What_cannot_be_read_at_all_says_why()
    {
        LocalPreview preview = await LocalPipeline.RunAsync("x.csv", "a,b\n1,2\n"u8.ToArray(), new LocalTerms(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(preview.Report);
        Assert.Contains("date", preview.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LocalPipeline.RunAsync("x.csv", Encoding.UTF8.GetBytes(Csv), new LocalTerms(), cancellationToken: cancelled.Token));
    }

    [Fact]
    public async Task A_saved_preview_has_a_line_per_row_and_no_formula()
    {
        string[] lines = Encoding.UTF8.GetString(PreviewCsv.Write(await RunAsync(new LocalTerms()))).Split("\r\n");
        Assert.Equal("line,outcome,reason,key,date,amount,currency,reporting_amount,reporting_currency,category,party,description", lines[0].TrimStart('\uFEFF'));
        Assert.StartsWith("2,stored,", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(",=1+1", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("4,quarantined,bad_date,", lines[3], StringComparison.Ordinal);
    }

    private static Task<LocalPreview> RunAsync(LocalTerms terms) => LocalPipeline.RunAsync("x.csv", Encoding.UTF8.GetBytes(Csv), terms);
}
