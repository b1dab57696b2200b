using System.IO.Compression;
using System.Text;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Proofs;

/// <summary>What the sender states comes out, or nothing of the source is stored.</summary>
public sealed class ProofTests
{
    private const string June = "date,company,amount,currency\n2025-06-01,Acme,10.00,EUR\n2025-06-02,Acme,-3.50,EUR\n2025-06-03,Boulangerie,20.25,USD\n";
    private const string JuneTotals = "rows=3,total:EUR=6.5,total:USD=20.25";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_statement_is_proved_also_when_half_of_it_is_stored_already(int seed)
    {
        GeneratedStatement statement = new(seed);
        List<string> lines = statement.Lines();
        Ingest ingest = Euros();
        await ingest.Text(GeneratedStatement.Text(lines.Take(lines.Count / 2)), "part.csv");

        IngestReport report = await ingest.Text(GeneratedStatement.Text(lines), options: Expecting(statement.Stated));
        Assert.Equal((ProofOutcome.Proved, RunStatus.Completed), (report.Proof.Outcome, report.Status));
        Assert.Equal((lines.Count / 2, lines.Count), (report.Duplicate.Rows, (await ingest.Records()).Count));
        Assert.All(report.Proof.Figures, figure => Assert.False(figure.IsContradicted));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_statement_with_a_row_deleted_doubled_or_mis_scaled_is_contradicted_and_nothing_is_stored(int seed)
    {
        GeneratedStatement statement = new(seed);
        Ingest ingest = Euros();
        IngestFailedException e = await FailsAsync(ingest, statement.WithFault(seed).Text, statement.Stated);

        StatedFigure wrong = e.Report.Proof.Figures.First(figure => figure.IsContradicted);
        Assert.Contains($"stated {wrong.Stated}, found {wrong.Found}, difference {wrong.Difference} (caller)", e.Message, StringComparison.Ordinal);
        Assert.NotEqual(ExactSum.Zero, wrong.Difference);
    }

    [Fact]
    public async Task The_figures_that_were_compared_are_in_the_report_and_in_the_statement()
    {
        Ingest ingest = Euros();
        IngestReport report = await ingest.Text(June, options: Expecting(JuneTotals));
        Assert.Equal(
            ["Rows  3 3", "Total EUR 6.5 6.5", "Total USD 20.25 20.25"],
            report.Proof.Figures.Select(figure => $"{figure.Kind} {figure.Currency} {figure.Stated} {figure.Found}"));
        Assert.Contains("\n  proved: rows 3 (caller), total EUR 6.5 (caller), total USD 20.25 (caller)", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(report.Proof.ToString(), (await ingest.Ledger.FindRunAsync(report.RunId, Cancellation))!.Proof.ToString());
    }

    [Fact]
    public async Task Without_a_statement_the_run_says_that_it_is_unproved()
    {
        IngestReport report = await Euros().Text(June);
        Assert.Equal(ProofOutcome.Unproved, report.Proof.Outcome);
        Assert.Contains("\n  unproved: no totals were stated", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_statement_the_source_is_opened_once()
    {
        CountedSource source = new("june.csv", June);
        await Euros().Pipeline().IngestAsync(source, Cancellation);
        Assert.Single(source.BytesRead);
    }

    [Theory]
    [InlineData("rows=4", "rows: stated 4, found 3, difference -1 (caller)")]
    [InlineData("total:EUR=6.50,total:USD=20.26", "total USD: stated 20.26, found 20.25, difference -0.01 (caller)")]
    [InlineData("total:EUR=6.50", "USD: nothing is stated, found 20.25")]
    [InlineData("opening:EUR=-100,closing:EUR=-93.49,total:USD=20.25", "closing EUR: stated -93.49, found -93.5, difference -0.01 (caller)")]
    [InlineData("total=26.75", "total 26.75 (caller) names no currency, and there are several (EUR, USD): state each with its currency")]
    [InlineData("total:EUR=6.5,total:USD=20.25,total:GBP=1", "total GBP: stated 1, found 0, difference -1 (caller)")]
    public async Task What_does_not_come_out_is_named(string stated, string named)
    {
        IngestFailedException e = await FailsAsync(Euros(), June, StatedTotals.Parse(stated));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.Contains("contradicted, nothing is stored", e.Report.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  contradicted: " + named, e.Report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows=3")]
    [InlineData(JuneTotals)]
    [InlineData("total:usd=20.250,total:EUR=6.5")]
    [InlineData("opening:EUR=-100,closing:EUR=-93.5,opening:USD=0,closing:USD=20.25")]
    public async Task What_comes_out_is_proved(string stated) =>
        Assert.Equal(ProofOutcome.Proved, (await Euros().Text(June, options: Expecting(stated))).Proof.Outcome);

    [Theory]
    [InlineData("closing:EUR=1")]
    [InlineData("opening:EUR=1")]
    public async Task A_balance_that_nothing_can_be_compared_with_proves_nothing_and_is_kept(string stated)
    {
        IngestReport report = await Euros().Text(June, options: Expecting(stated));
        Assert.Equal((ProofOutcome.Unproved, RunStatus.Completed), (report.Proof.Outcome, report.Status));
        Assert.Single(report.Proof.Figures);
        Assert.Equal(stated == "closing:EUR=1" ? ("-5.5", "1") : ("1", "7.5"), (report.Proof.Openings["EUR"].ToString(), report.Proof.Closings["EUR"].ToString()));
    }

    [Fact]
    public async Task Rows_in_quarantine_count_where_their_amount_can_be_read()
    {
        const string text = "date,company,amount,currency\n2025-06-01,Acme,10.00,EUR\nnonsense,Acme,5.00,EUR\n2025-06-03,Acme,1,ABC\n";
        IngestReport report = await Euros().Text(text, options: Expecting("rows=3,total:EUR=15,total:ABC=1"));
        Assert.Equal((ProofOutcome.Proved, 2), (report.Proof.Outcome, report.Quarantined.Rows));
    }

    [Fact]
    public async Task An_amount_that_cannot_be_read_contradicts_stated_money_and_is_named_by_its_line()
    {
        const string text = "date,company,amount,currency\n2025-06-01,Acme,10.00,EUR\n2025-06-02,Acme,ten,EUR\n2025-06-03,Acme,1,EUR\n";
        IngestFailedException e = await FailsAsync(Euros(), text, StatedTotals.Parse("total:EUR=11"));
        Assert.Contains("1 row has no amount that can be read (line 3)", e.Message, StringComparison.Ordinal);
        Assert.Equal(ProofOutcome.Proved, (await Euros().Text(text, options: Expecting("rows=3"))).Proof.Outcome);
    }

    [Fact]
    public async Task An_empty_statement_is_proved_where_opening_and_closing_are_the_same()
    {
        foreach (string text in (string[])["date,company,amount,currency\n", ""])
        {
            Assert.Equal(ProofOutcome.Proved, (await Euros().Text(text, options: Expecting("rows=0,opening=12.30,closing=12.3"))).Proof.Outcome);
            Assert.Equal(ProofOutcome.Proved, (await Euros().Text(text, options: Expecting("opening:EUR=1,closing:EUR=1,opening:USD=2,closing:USD=2"))).Proof.Outcome);
            IngestFailedException e = await FailsAsync(Euros(), text, StatedTotals.Parse("opening=12.3,closing=12.31"));
            Assert.Contains("closing: stated 12.31, found 12.3, difference -0.01", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[{\"date\":\"2025-06-01\",\"amount\":10.005,\"currency\":\"EUR\"},{\"date\":\"2025-06-02\",\"amount\":\"-0.005\",\"currency\":\"EUR\"}]")]
    [InlineData("{\"date\":\"2025-06-01\",\"amount\":10.005,\"currency\":\"EUR\"}\n{\"date\":\"2025-06-02\",\"amount\":\"-0.005\",\"currency\":\"EUR\"}\n")]
    public async Task Json_is_proved_in_the_same_way(string json)
    {
        Assert.Equal(ProofOutcome.Proved, (await Euros().Text(json, "june.json", Expecting("rows=2,total=10"))).Proof.Outcome);
        await FailsAsync(Euros(), json, StatedTotals.Parse("rows=2,total=10.01"));
    }

    [Fact]
    public async Task A_compressed_source_that_can_be_read_once_is_proved_and_stored()
    {
        Ingest ingest = Euros();
        byte[] packed = Packed(GeneratedStatement.Text(Enumerable.Range(0, 100_000).Select(i => $"2025-06-01,Company {i},0.01,EUR,")));
        IBillingSource source = BillingSource.Stream("june.csv.gz", new MemoryStream(packed));
        IngestReport report = await ingest.Pipeline().IngestAsync(source, Expecting("rows=100000,total=1000"), Cancellation);
        Assert.Equal((ProofOutcome.Proved, 100_000, packed.Length), (report.Proof.Outcome, report.Stored.Rows, report.Bytes));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(packed)), report.Sha256);
    }

    [Fact]
    public async Task A_source_that_is_damaged_at_its_end_stores_nothing()
    {
        byte[] packed = Packed(GeneratedStatement.Text(Enumerable.Range(0, 100_000).Select(i => $"2025-06-01,Company {i},0.01,EUR,")));
        Ingest ingest = Euros();
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Bytes(packed[..^20], options: Expecting("rows=100000")));
        Assert.Equal((0, RunStatus.Failed, ProofOutcome.Unproved), (e.Report.Stored.Rows, e.Report.Status, e.Report.Proof.Outcome));
        Assert.Empty(await ingest.Records());
    }

    [Theory]
    [InlineData("10.00", "11.00")]
    [InlineData("20.25,USD\n", "20.25,USD\n2025-06-04,Acme,1,EUR\n")]
    [InlineData("2025-06-03,Boulangerie,20.25,USD\n", "")]
    public async Task A_source_that_changes_between_the_two_readings_stores_nothing(string was, string becomes)
    {
        Ingest ingest = Euros();
        ChangingSource source = new("june.csv", June, June.Replace(was, becomes, StringComparison.Ordinal));
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Pipeline().IngestAsync(source, Expecting(JuneTotals), Cancellation));
        Assert.Contains("june.csv changed while it was read", e.Message, StringComparison.Ordinal);
        Assert.Empty(await ingest.Records());
        Assert.Equal(RunStatus.Failed, (await ingest.Ledger.FindRunAsync(e.Report.RunId, Cancellation))!.Status);
    }

    [Fact]
    public async Task A_source_that_shrinks_to_whole_blocks_between_the_two_readings_is_told()
    {
        string text = GeneratedStatement.Text(Enumerable.Range(0, 100_000).Select(i => $"2025-06-01,Company {i},0.01,EUR,"));
        ChangingSource source = new("june.csv", text, text[..(2 << 20)]);
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => Euros().Pipeline().IngestAsync(source, Expecting("rows=100000"), Cancellation));
        Assert.Contains("june.csv changed while it was read: from byte 2097152 on", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_source_that_changes_at_its_end_stores_only_rows_that_came_from_proved_bytes()
    {
        string text = GeneratedStatement.Text(Enumerable.Range(0, 100_000).Select(i => $"2025-06-01,Company {i},0.01,EUR,"));
        Ingest ingest = Euros();
        ChangingSource source = new("june.csv", text, text[..^6] + "2,EUR,");
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Pipeline().IngestAsync(source, Expecting("rows=100000"), Cancellation));
        long stored = (await ingest.Ledger.SummarizeAsync(SummaryBy.Currency, new RecordQuery(), Cancellation)).Sum(row => row.Billed.Rows);
        Assert.Equal(e.Report.Stored.Rows, stored);
        Assert.InRange(stored, 1, 99_999);
        Assert.Contains($"{stored} rows were stored", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_run_that_breaks_off_while_it_stores_is_proved_and_completed_by_running_it_again(int write)
    {
        const string text = "date,company,amount,currency\n2025-06-01,A,1,USD\n2025-06-02,B,2,USD\n2025-06-03,C,3,USD\n";
        FailingSink sink = new() { FailOnWrite = write };
        await using BillingPipeline pipeline = FailingSink.Pipeline(sink);
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => pipeline.IngestAsync(BillingSource.Text("june.csv", text), Expecting("rows=3,total=6"), Cancellation));
        Assert.Equal((ProofOutcome.Proved, RunStatus.Failed, true), (e.Report.Proof.Outcome, e.Report.Status, e.Report.EndedEarly));

        IngestReport again = await pipeline.IngestAsync(BillingSource.Text("june.csv", text), Expecting("rows=3,total=6"), Cancellation);
        Assert.Equal((ProofOutcome.Proved, write - 1, 4 - write), (again.Proof.Outcome, again.Duplicate.Rows, again.Stored.Rows));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_compares_stores_nothing()
    {
        using CancellationTokenSource cancel = new();
        Ingest ingest = Euros();
        CountedSource source = new("june.csv", June) { OnRead = _ => cancel.Cancel() };
        IngestCanceledException e = await Assert.ThrowsAsync<IngestCanceledException>(() => ingest.Pipeline().IngestAsync(source, Expecting(JuneTotals), cancel.Token));
        Assert.Equal((RunStatus.Failed, 0), (e.Report.Status, e.Report.Stored.Rows));
        Assert.Empty(await ingest.Records());
    }

    [Fact]
    public async Task Each_reading_reads_every_byte_once_and_no_temporary_file_stays()
    {
        CountedSource source = new("june.csv", June);
        await Euros().Pipeline().IngestAsync(source, Expecting(JuneTotals), Cancellation);
        Assert.Equal([June.Length, June.Length], source.BytesRead);

        CountedSource once = new("june.csv", June) { CanReopen = false };
        IngestReport report = await Euros().Pipeline().IngestAsync(once, Expecting(JuneTotals), Cancellation);
        Assert.Equal((3, June.Length), (report.Stored.Rows, Assert.Single(once.BytesRead)));
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "billing-*.source"));
    }

    [Fact]
    public async Task A_dry_run_is_contradicted_too()
    {
        await using BillingPipeline dry = Euros().Pipeline().AsDryRun();
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => dry.IngestAsync(BillingSource.Text("june.csv", June), Expecting("rows=2"), Cancellation));
        Assert.Equal((ProofOutcome.Contradicted, true), (e.Report.Proof.Outcome, e.Report.IsDryRun));
    }

    [Fact]
    public async Task A_known_source_is_read_again_where_something_is_stated()
    {
        Ingest ingest = Euros();
        await ingest.Pipeline().IngestAsync(new CountedSource("june.csv", June), Cancellation);
        IngestReport proved = await ingest.Pipeline().IngestAsync(new CountedSource("june.csv", June), Expecting(JuneTotals), Cancellation);
        Assert.Equal((null, ProofOutcome.Proved), (proved.KnownFrom, proved.Proof.Outcome));
        await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Pipeline().IngestAsync(new CountedSource("june.csv", June), Expecting("rows=2"), Cancellation));

        // What the caller stated of an earlier delivery is not stated of this one.
        IngestReport unproved = await ingest.Pipeline().IngestAsync(new CountedSource("june.csv", June), Cancellation);
        Assert.Equal((null, ProofOutcome.Unproved), (unproved.KnownFrom, unproved.Proof.Outcome));
        Assert.NotNull((await ingest.Pipeline().IngestAsync(new CountedSource("june.csv", June), Cancellation)).KnownFrom);
    }

    private static Ingest Euros() => new(billing => billing.UseExchangeRates(FixedRates.Parse("EUR=1.1")));

    private static IngestOptions Expecting(string stated) => Expecting(StatedTotals.Parse(stated));

    private static IngestOptions Expecting(StatedTotals stated) => new() { Expect = stated };

    private static async Task<IngestFailedException> FailsAsync(Ingest ingest, string text, StatedTotals stated)
    {
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Text(text, options: Expecting(stated)));
        Assert.Equal((ProofOutcome.Contradicted, RunStatus.Failed, e.Message), (e.Report.Proof.Outcome, e.Report.Status, e.Report.Error));
        Assert.Empty(await ingest.Records());
        Assert.Empty(await ingest.Quarantine(resolved: true));
        IngestReport kept = (await ingest.Ledger.FindRunAsync(e.Report.RunId, Cancellation))!;
        Assert.Equal((e.Report.ToString(), RunStatus.Failed, true), (kept.ToString(), kept.Status, kept.Sha256 is not null));
        Assert.Equal(kept.Read, kept.NotStored);
        return e;
    }

    private static byte[] Packed(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    /// <summary>A source that has other bytes from its second opening on.</summary>
    private sealed class ChangingSource(string name, string first, string second) : IBillingSource
    {
        private int _openings;

        public string Name => name;

        public long? Length => null;

        public bool CanReopen => true;

        public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default) =>
            new(new MemoryStream(Encoding.UTF8.GetBytes(_openings++ == 0 ? first : second)));
    }
}
