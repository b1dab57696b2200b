namespace Billing.Core.Tests.Runs;

/// <summary>A row in quarantine whose text a person corrects is stored as if it had come like that; what came is kept.</summary>
public sealed class MendTests
{
    private const string Header = "date,company,amount,currency\n";
    private const string Text = Header + "2025-06-01,Acme,10.00,USD\n2025-06-02,Beta,2O.00,USD\n2025-06-03,Gamma,30.00,USD\n";
    private const string Corrected = "2025-06-02,Beta,20.00,USD";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_corrected_row_has_the_record_that_the_corrected_file_would_have()
    {
        Ingest whole = new();
        await whole.Text(Text.Replace("2O.00", "20.00", StringComparison.Ordinal));
        Ingest ingest = new();
        IngestReport first = await ingest.Text(Text);
        QuarantinedRecord row = Assert.Single(await ingest.Quarantine());

        RowMend mend = await ingest.Pipeline().MendAsync(row.Key, Corrected, "an O for a 0", new IngestOptions(), Cancellation);
        Assert.True(mend.IsTaken);
        Assert.Equal((1, 1, first.RunId), (mend.Report.Read.Rows, mend.Report.Stored.Rows, mend.Report.ReplayOf));
        Assert.True(mend.Report.IsBalanced);
        Assert.Contains("the text of june.csv:3 was corrected by hand: an O for a 0", Assert.Single(mend.Report.Warnings), StringComparison.Ordinal);
        Assert.Equal(await whole.Keys(), await ingest.Keys());
        QuarantinedRecord closed = Assert.Single(await ingest.Quarantine(resolved: true));
        Assert.Equal((mend.Report.RunId, row.RawText), (closed.ResolvedByRunId, closed.RawText));

        // The same file again adds nothing and opens nothing; the corrected one adds nothing.
        await ingest.Text(Text, options: new IngestOptions { Reread = true });
        Assert.Empty(await ingest.Quarantine());
        Assert.Equal(0, (await ingest.Text(Text.Replace("2O.00", "20.00", StringComparison.Ordinal), "corrected.csv")).Stored.Rows);
        Assert.Equal(await whole.Keys(), await ingest.Keys());
    }

    [Theory]
    [InlineData("2025-06-02,Beta,20.0O,USD", QuarantineReason.BadAmount)]
    [InlineData("2025-06-02,Beta,20.00,USD\n2025-06-02,Beta,20.00,USD", QuarantineReason.RaggedRow)]
    [InlineData("2025-06-02,Beta", QuarantineReason.RaggedRow)]
    [InlineData("2025-06-02,Beta,20.00,CAD", QuarantineReason.NoRate)]
    public async Task A_text_that_is_wrong_too_changes_nothing_and_says_why(string text, string reason)
    {
        Ingest ingest = new();
        await ingest.Text(Text);
        string before = await StateOf(ingest);
        RowMend mend = await ingest.Pipeline().MendAsync((await ingest.Quarantine())[0].Key, text, null, new IngestOptions(), Cancellation);
        Assert.False(mend.IsTaken);
        Assert.Equal((RowOutcomeKind.Quarantined, reason), (mend.Outcome.Kind, mend.Outcome.Reason));
        Assert.False(string.IsNullOrWhiteSpace(mend.Outcome.Detail));
        Assert.True(mend.Report.IsDryRun);
        Assert.Equal(before, await StateOf(ingest));
    }

    [Fact]
    public async Task Taking_back_the_run_takes_back_its_corrected_row()
    {
        Ingest ingest = new();
        IngestReport first = await ingest.Text(Text);
        await ingest.Pipeline().MendAsync((await ingest.Quarantine())[0].Key, Corrected, null, new IngestOptions(), Cancellation);
        await ingest.Pipeline().RevertAsync(first.RunId, cancellationToken: Cancellation);
        Assert.Empty(await ingest.Records());
    }

    [Fact]
    public async Task A_changed_row_that_is_given_another_id_is_stored_beside_the_first()
    {
        IngestOptions byId = new() { Identity = RecordIdentity.Columns("id") };
        Ingest ingest = new();
        await ingest.Text("id,date,amount,currency\n1,2025-06-01,10.00,USD\n", options: byId);
        await ingest.Text("id,date,amount,currency\n1,2025-06-01,11.00,USD\n", "july.csv", byId);
        QuarantinedRecord row = Assert.Single(await ingest.Quarantine());
        RowMend still = await ingest.Pipeline().MendAsync(row.Key, "1,2025-06-01,12.00,USD", null, new IngestOptions(), Cancellation);
        Assert.Equal(RowOutcomeKind.Conflict, still.Outcome.Kind);
        Assert.Single(await ingest.Records());
        Assert.True((await ingest.Pipeline().MendAsync(row.Key, "2,2025-06-01,11.00,USD", null, new IngestOptions(), Cancellation)).IsTaken);
        Assert.Equal(["10.00 USD", "11.00 USD"], (await ingest.Records()).Select(record => record.Amount.ToString()).Order());
    }

    [Fact]
    public async Task A_row_in_JSON_is_corrected_as_JSON()
    {
        Ingest ingest = new();
        await ingest.Text("""{"date":"2025-06-01","amount":"x","currency":"USD"}""" + "\n", "in.jsonl");
        RecordKey key = (await ingest.Quarantine())[0].Key;
        Assert.Equal(QuarantineReason.BadJson, (await ingest.Pipeline().MendAsync(key, "{", null, new IngestOptions(), Cancellation)).Outcome.Reason);
        Assert.True((await ingest.Pipeline().MendAsync(key, """{"date":"2025-06-01","amount":"5.00","currency":"USD"}""", null, new IngestOptions(), Cancellation)).IsTaken);
        Assert.Equal("5.00 USD", Assert.Single(await ingest.Records()).Amount.ToString());
    }

    [Fact]
    public async Task Rows_that_are_closed_or_not_there_are_refused()
    {
        Ingest ingest = new();
        await ingest.Text(Text);
        RecordKey key = (await ingest.Quarantine())[0].Key;
        await ingest.Pipeline().DismissQuarantineAsync([key], "no record", Cancellation);
        BillingException closed = await Assert.ThrowsAsync<BillingException>(() => ingest.Pipeline().MendAsync(key, Corrected, null, new IngestOptions(), Cancellation));
        Assert.Contains("is closed", closed.Message, StringComparison.Ordinal);
        BillingException none = await Assert.ThrowsAsync<BillingException>(() => ingest.Pipeline().MendAsync(default, Corrected, null, new IngestOptions(), Cancellation));
        Assert.Contains("no row in quarantine", none.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => ingest.Pipeline().MendAsync(key, " ", null, new IngestOptions(), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => ingest.Pipeline().MendAsync(key, Corrected, new string('x', 241), new IngestOptions(), Cancellation));
    }

    private static async Task<string> StateOf(Ingest ingest) => string.Join('\n',
        [await ingest.Keys(), .. (await ingest.Quarantine(resolved: true)).Select(row => $"{row} {row.RawText} {row.Resolution}"), (await ingest.Ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
}
