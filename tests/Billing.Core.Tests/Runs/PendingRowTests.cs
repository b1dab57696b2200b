using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>What else pending rows must not change: the keys of posted rows, corrections, ledgers that cannot keep them.</summary>
public sealed class PendingRowTests
{
    private const string Header = "date,party,amount,currency,status,ref\n";

    private static readonly PendingTerms s_terms = new() { Values = ["pending"], Posted = ["posted", "cleared"] };
    private static readonly SourceLayout s_layout = new() { Status = "status", Pending = s_terms with { Id = "ref" } };

    [Theory]
    [InlineData("content")]
    [InlineData("columns+occurrence:date,party")]
    [InlineData("columns:ref")]
    public async Task A_posted_row_keeps_its_key_whatever_pending_rows_its_file_has(string identity)
    {
        Ingest ingest = new();
        IngestOptions options = new() { Layout = s_layout with { Id = "", Identity = RecordIdentity.Parse(identity) } };
        await ingest.Text(Header + "2025-06-02,Cafe,-10.00,USD,pending,a\n2025-06-02,Cafe,-10.00,USD,posted,b\n", options: options);
        IngestReport again = await ingest.Text(Header + "2025-06-02,Cafe,-10.00,USD,cleared,b\n", "later.csv", options);
        Assert.Equal((0, 1), (again.Stored.Rows, again.Duplicate.Rows));
        Assert.Single(await ingest.Records());
    }

    [Fact]
    public async Task A_posted_row_on_the_line_of_its_pending_row_corrects_nothing()
    {
        Ingest ingest = new();
        IngestOptions options = new() { Layout = s_layout with { Pending = s_terms } };
        await ingest.Text(Header + "2025-06-01,Bar,-1.00,USD,posted,x\n2025-06-02,Cafe,-10.00,USD,pending,a\n", options: options);
        await ingest.Text(Header + "2025-06-01,Bar,-1.00,USD,posted,x\n2025-06-02,Cafe,-10.00,USD,posted,a\n", options: options);
        Assert.Equal(2, (await ingest.Records()).Count);
        Assert.True(Assert.Single(await ingest.Quarantine()).IsOpen);
    }

    [Fact]
    public async Task Rows_from_before_the_status_was_named_are_warned_of()
    {
        Ingest ingest = new();
        const string Text = Header + "2025-06-02,Cafe,-10.00,USD,posted,a\n";
        await ingest.Text(Text, options: new IngestOptions { Layout = new SourceLayout() });
        IngestReport named = await ingest.Text(Text, "again.csv", new IngestOptions { Layout = s_layout with { Pending = s_terms } });
        Assert.Contains(named.Warnings, warning => warning.Contains("other ignored columns", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_says_what_is_pending_and_keeps_nothing()
    {
        Ingest ingest = new();
        IngestReport report = await ingest.Pipeline().AsDryRun().IngestAsync(
            BillingSource.Text("june.csv", Header + "2025-06-02,Cafe,-10.00,USD,pending,a\n"), new IngestOptions { Layout = s_layout }, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (report.Pending.Rows, report.Quarantined.Rows));
        Assert.Empty(await ingest.Quarantine());
    }

    [Fact]
    public async Task A_sink_that_cannot_keep_them_is_refused_before_anything_is_read()
    {
        WriteOnly sink = new();
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.AddSink(sink)).BuildServiceProvider();
        BillingConfigurationException refused = await Assert.ThrowsAsync<BillingConfigurationException>(() => services.GetRequiredService<BillingPipeline>().IngestAsync(
            BillingSource.Text("june.csv", Header + "2025-06-02,Cafe,-10.00,USD,pending,a\n"), new IngestOptions { Layout = s_layout }, TestContext.Current.CancellationToken));
        Assert.Contains("cannot keep pending rows", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, sink.Calls);
    }

    [Fact]
    public async Task A_match_needs_a_party_and_an_id_its_column()
    {
        Ingest ingest = new();
        const string Text = "date,amount,currency,status\n2025-06-02,-10.00,USD,pending\n";
        SourceFormatException party = await Assert.ThrowsAsync<SourceFormatException>(() => ingest.Text(Text, options: new IngestOptions { Layout = new SourceLayout { Status = "status", Pending = s_terms with { Match = new PendingMatch { Days = 3 } } } }));
        Assert.Contains("party", party.Message, StringComparison.Ordinal);
        SourceFormatException id = await Assert.ThrowsAsync<SourceFormatException>(() => ingest.Text(Text, options: new IngestOptions { Layout = s_layout }));
        Assert.Contains("pending.id", id.Message, StringComparison.Ordinal);
    }

    private sealed class WriteOnly : IBillingSink
    {
        public string Name => "write-only";

        public int Calls { get; private set; }

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
        {
            Calls++;
            return ValueTask.FromResult<IReadOnlyList<WriteOutcome>>([.. records.Select(_ => WriteOutcome.Stored)]);
        }

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
        {
            Calls++;
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
        {
            Calls++;
            return ValueTask.CompletedTask;
        }
    }
}
