using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of rows that come first as pending, then as posted: what is posted is counted exactly once, and a pending row is replaced by its posted row, or asked about.</summary>
public abstract class PendingSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const string Header = "date,party,amount,currency,status,ref\n";
    private static readonly DateOnly s_first = new(2025, 6, 1);
    private static readonly DateOnly s_last = new(2025, 6, 30);
    private static readonly PendingTerms s_terms = new() { Values = ["PENDING"], Posted = ["POSTED"] };
    private static readonly SourceLayout s_byId = new() { Status = "status", Pending = s_terms with { Id = "ref" } };
    private static readonly SourceLayout s_byMatch = new() { Status = "status", Pending = s_terms with { Match = new PendingMatch { Days = 5, Percent = 20 } } };

    /// <summary>The number of generated streams of rows: 4.</summary>
    protected virtual int Streams => 4;

    private IAmendableStore Ledger => Demand<IAmendableStore>(Store, nameof(PendingSuite<>));

    [Fact]
    public async Task A_pending_row_is_in_no_sum_and_its_posted_row_replaces_it_by_id()
    {
        IngestReport first = await IngestAsync(Ledger, s_byId, "1.csv", "2025-06-02,Cafe,-10.00,USD,pending,a\n2025-06-02,Shop,-5.00,USD,POSTED,b\n");
        Assert.Equal((2, 1, 1, 1, "-10"), (first.Read.Rows, first.Stored.Rows, first.Quarantined.Rows, first.Pending.Rows, first.Pending["USD"].ToString()));
        Assert.True(first.IsBalanced);
        Assert.Contains("of these pending", first.ToString(), StringComparison.Ordinal);
        Assert.Equal("-5", Assert.Single(await Store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation)).Billed["USD"].ToString());
        Assert.Equal(PendingState.Lapsed, Assert.Single(await ListAsync()).State);

        // Listed as pending once more: nothing new. Then posted, with a tip, three days later.
        await IngestAsync(Ledger, s_byId, "2.csv", "2025-06-02,Cafe,-10.00,USD,PENDING,a\n");
        Assert.Single(await ListAsync());
        IngestReport posted = await IngestAsync(Ledger, s_byId, "3.csv", "2025-06-05,CAFE 22,-11.50,USD,posted,a\n");
        Assert.Equal((1, "-10"), (posted.PendingReplaced.Rows, posted.PendingReplaced["USD"].ToString()));
        Assert.Equal(("-10", 1L), (first.Pending["USD"].ToString(), (await UnderTest.Connect().FindRunAsync(posted.RunId, Cancellation))!.PendingReplaced.Rows));
        Assert.Empty(await ListAsync());
        RecordKey record = (await ReadAllAsync(new RecordQuery { Party = "CAFE 22" })).Single().Key;
        List<QuarantinedRecord> rows = await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true });

        // The same authorisation in other bytes is another row of the quarantine, and one pending row.
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal((record, null, false), (row.PostedAs, row.ResolvedByRunId, row.IsSettledByPerson)));

        // An old file again: it stays replaced.
        await IngestAsync(Ledger, s_byId, "2.csv", "2025-06-02,Cafe,-10.00,USD,PENDING,a\n");
        Assert.Empty(await ListAsync());

        await new LedgerReversal(Ledger).RunAsync(posted.RunId, Cancellation);
        Assert.Equal("Cafe", Assert.Single(await ListAsync()).Party);
        Assert.True(Assert.Single(await ReadQuarantineAsync(new QuarantineQuery())).IsOpen);
        Assert.Single(await ReadAllAsync(new RecordQuery()));
        await IngestAsync(Ledger, s_byId, "3.csv", "2025-06-05,CAFE 22,-11.50,USD,posted,a\n");
        Assert.Empty(await ListAsync());
        Assert.Equal("-16.5", Assert.Single(await Store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation)).Billed["USD"].ToString());
        Assert.Empty(await new StoreVerification(UnderTest.Connect()).FindFaultsAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Posted_before_its_pending_row_it_is_counted_once_and_goes_with_its_run()
    {
        IngestReport posted = await IngestAsync(Ledger, s_byMatch, "posted.csv", "2025-06-05,Cafe,-11.50,USD,posted,x\n");
        IngestReport late = await IngestAsync(Ledger, s_byMatch, "late.csv", "2025-06-02,cafe,-10.00,USD,pending,\n");
        Assert.Equal(1, late.PendingReplaced.Rows);
        Assert.Empty(await ListAsync());
        await new LedgerReversal(Ledger).RunAsync(late.RunId, Cancellation);
        Assert.Empty(await ListAsync(all: true));
        Assert.Empty(await ReadQuarantineAsync(new QuarantineQuery()));
        await new LedgerReversal(Ledger).RunAsync(posted.RunId, Cancellation);
        Assert.Empty(await ListAsync(all: true));
        Assert.Empty(await ReadAllAsync(new RecordQuery()));

        // In the other order of taking back.
        posted = await IngestAsync(Ledger, s_byMatch, "posted.csv", "2025-06-05,Cafe,-11.50,USD,posted,x\n");
        await IngestAsync(Ledger, s_byMatch, "late.csv", "2025-06-02,cafe,-10.00,USD,pending,\n");
        Assert.Empty(await ListAsync());
        await new LedgerReversal(Ledger).RunAsync(posted.RunId, Cancellation);
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task Two_equal_pending_rows_and_one_posted_are_asked_about_and_a_person_settles_dismisses_and_opens_again()
    {
        const string Pending = "2025-06-02,Cafe,-10.00,USD,pending,\n";
        await IngestAsync(Ledger, s_byMatch, "1.csv", Pending + Pending + "2025-06-03,Bar,-7.00,USD,pending,\n");
        IngestReport posted = await IngestAsync(Ledger, s_byMatch, "2.csv", "2025-06-04,Cafe,-10.00,USD,posted,x\n");
        Assert.Equal((1, 0), (posted.Stored.Rows, posted.PendingReplaced.Rows));
        Assert.Contains(posted.Warnings, warning => warning.StartsWith("2 pending rows could be several", StringComparison.Ordinal));
        PendingTransaction[] asked = [.. (await ListAsync()).Where(row => row.State == PendingState.Asked)];
        Assert.Equal(2, asked.Length);
        RecordKey record = Assert.Single(asked[0].Candidates);
        Assert.Equal("-10", Assert.Single(await Store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation)).Billed["USD"].ToString());

        LedgerPending pending = new(Ledger);
        await pending.SettleAsync(asked[0].Key, record, Cancellation);
        await pending.SettleAsync(asked[0].Key, record, Cancellation);
        Assert.Equal([PendingState.Settled, PendingState.Lapsed, PendingState.Lapsed], (await ListAsync(all: true)).Select(row => row.State).Order().Reverse());
        await Assert.ThrowsAsync<BillingException>(() => pending.SettleAsync(asked[1].Key, record, Cancellation));
        await Assert.ThrowsAsync<BillingException>(() => pending.SettleAsync(asked[1].Key, new RecordKey(new byte[RecordKey.Size]), Cancellation));
        await pending.ReopenAsync(asked[0].Key, Cancellation);
        Assert.Equal(2, (await ListAsync()).Count(row => row.State == PendingState.Asked));

        // Without the one that was released, the other is certain.
        await pending.DismissAsync(asked[0].Key, "released", Cancellation);
        Assert.Equal([PendingState.Posted, PendingState.Lapsed], (await ListAsync(all: true)).Select(row => row.State).Order().Reverse());
        await pending.ReopenAsync(asked[0].Key, Cancellation);
        Assert.Equal(2, (await ListAsync()).Count(row => row.State == PendingState.Asked));
        Assert.Single(await ReadAllAsync(new RecordQuery()));
    }

    [Fact]
    public async Task A_posted_row_that_contests_an_earlier_one_opens_the_question_again()
    {
        await IngestAsync(Ledger, s_byMatch, "1.csv", "2025-06-02,Cafe,-10.00,USD,pending,\n");
        IngestReport one = await IngestAsync(Ledger, s_byMatch, "2.csv", "2025-06-03,Cafe,-10.00,USD,posted,x\n");
        Assert.Equal(1, one.PendingReplaced.Rows);
        IngestReport two = await IngestAsync(Ledger, s_byMatch, "3.csv", "2025-06-04,Cafe,-11.00,USD,posted,y\n");
        Assert.Equal(2, Assert.Single(await ListAsync()).Candidates.Count);
        await new LedgerReversal(Ledger).RunAsync(one.RunId, Cancellation);
        Assert.Equal(PendingState.Posted, Assert.Single(await ListAsync(all: true)).State);
        Assert.Equal(two.RunId, Assert.Single(await ReadAllAsync(new RecordQuery())).RunId);
    }

    [Fact]
    public async Task A_delivery_that_replaces_leaves_out_what_is_pending_no_more_and_may_have_pending_rows()
    {
        IngestReport one = await IngestAsync(Ledger, s_byMatch, "1.csv", "2025-06-02,Cafe,-10.00,USD,pending,\n2025-06-03,Bar,-7.00,USD,pending,\n2025-06-03,Bar,-1.00,USD,posted,z\n", Replacing(1));
        Assert.Equal((1, 2), (one.Stored.Rows, one.Pending.Rows));
        IngestReport two = await IngestAsync(Ledger, s_byMatch, "2.csv", "2025-06-03,Bar,-7.00,USD,pending,\n2025-06-03,Bar,-1.00,USD,posted,z\n", Replacing(2));
        Assert.Equal("Bar", Assert.Single(await ListAsync()).Party);
        Assert.Equal(two.RunId, (await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true })).Single(row => !row.IsOpen).SupersededByRunId);
        IngestReport three = await IngestAsync(Ledger, s_byMatch, "3.csv", "2025-06-02,Cafe,-10.00,USD,pending,\n2025-06-04,Bar,-7.00,USD,posted,y\n", Replacing(3));
        Assert.Equal(["Cafe"], (await ListAsync()).Select(row => row.Party));
        await new LedgerReversal(Ledger).RunAsync(three.RunId, Cancellation);
        Assert.Equal(["Bar"], (await ListAsync()).Select(row => row.Party));
        await new LedgerReversal(Ledger).RunAsync(two.RunId, Cancellation);
        Assert.Equal(["Cafe", "Bar"], (await ListAsync()).Select(row => row.Party));
    }

    [Fact]
    public async Task A_word_that_the_layout_does_not_list_is_refused_and_listed_later_its_row_is_pending()
    {
        IngestReport run = await IngestAsync(Ledger, s_byId, "1.csv", "2025-06-02,Cafe,-10.00,USD,Hold,a\n2025-06-02,Cafe,-10.00,USD,,b\n");
        Assert.Equal((0, 2, 0), (run.Stored.Rows, run.Reasons[QuarantineReason.UnknownStatus], run.Pending.Rows));
        SourceLayout mended = s_byId with { Pending = s_byId.Pending! with { Values = ["PENDING", "hold"], Posted = ["POSTED", ""] } };
        run = await IngestAsync(Ledger, mended, "1.csv", "2025-06-02,Cafe,-10.00,USD,Hold,a\n2025-06-02,Cafe,-10.00,USD,,b\n");
        Assert.Equal((1, 1), (run.Stored.Rows, run.Pending.Rows));
        Assert.Equal("a", Assert.Single(await ListAsync()).Id);
        run = await IngestAsync(Ledger, mended, "2.csv", "2025-06-04,Cafe,-10.00,USD,Posted,a\n");
        Assert.Equal(1, run.PendingReplaced.Rows);
        Assert.Empty(await ReadQuarantineAsync(new QuarantineQuery()));
    }

    [Fact]
    public async Task A_pending_row_that_is_replayed_stays_pending()
    {
        await IngestAsync(Ledger, s_byId, "1.csv", "2025-06-02,Cafe,-10.00,USD,pending,a\n");
        await using ServiceProvider services = Services(Ledger);
        IngestReport replay = Assert.Single(await services.GetRequiredService<BillingPipeline>().ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal((1, 0, 1), (replay.Read.Rows, replay.Stored.Rows, replay.Pending.Rows));
        Assert.Single(await ListAsync());
        Assert.Empty(await ReadAllAsync(new RecordQuery()));
    }

    [Fact]
    public async Task Of_generated_streams_posted_money_is_exact_and_no_pair_is_merged_wrongly()
    {
        int merged = 0, asked = 0;
        for (int seed = 0; seed < Streams; seed++)
        {
            string states = await CheckAsync(seed, inOtherOrder: false);
            merged += states.Split(" Posted ").Length - 1;
            asked += states.Split(" Asked ").Length - 1;

            // What became of each row does not depend on the order in which the files came.
            Assert.Equal(states, await CheckAsync(seed, inOtherOrder: true));
        }

        Assert.InRange(merged, Streams, int.MaxValue);
        Assert.InRange(asked, Streams / 4, int.MaxValue);
    }

    [Fact]
    public async Task Killed_at_any_moment_and_run_again_it_is_the_same()
    {
        int killed = 0;
        for (int seed = 100; seed < 100 + Streams; seed++)
        {
            PendingStream stream = new(seed);
            Random random = new(seed);
            await using TStore fresh = new();
            IAmendableStore ledger = Demand<IAmendableStore>(fresh.Connect(), nameof(PendingSuite<>));
            foreach (string file in stream.Files)
            {
                KilledLedger dying = new(ledger, random.Next(30));
                try
                {
                    await IngestAsync(dying, stream.Layout, "bank.csv", file, scope: stream.Scope);
                }
                catch (Exception e) when (dying.IsKilled && e is KilledException or BillingException)
                {
                    killed++;
                    IngestReport again = await IngestAsync(ledger, stream.Layout, "bank.csv", file, scope: stream.Scope);
                    Assert.True(again.IsBalanced);
                }
            }

            await stream.CheckAsync(fresh.Connect(), $"killed, seed {seed}", Cancellation);
        }

        Assert.InRange(killed, Streams, int.MaxValue);
    }

    private static async Task<string> CheckAsync(int seed, bool inOtherOrder)
    {
        PendingStream stream = new(seed);
        await using TStore fresh = new();
        IBillingStore ledger = fresh.Connect();
        foreach (string file in inOtherOrder ? stream.InOtherOrder : stream.Files)
        {
            IngestReport run = await IngestAsync(ledger, stream.Layout, "bank.csv", file, scope: stream.Scope);
            Assert.True(run.IsBalanced);
            Assert.Equal(run.Read.Rows, run.Stored.Rows + run.Duplicate.Rows + run.Pending.Rows);
        }

        return await stream.CheckAsync(fresh.Connect(), $"seed {seed}, {(inOtherOrder ? "other" : "their")} order", Cancellation);
    }

    private static IngestOptions Replacing(int version) => new() { Delivery = Delivery.Replace("card", s_first, s_last, version.ToString(System.Globalization.CultureInfo.InvariantCulture)) };

    private static ServiceProvider Services(IBillingStore store) => new ServiceCollection().AddBilling(billing => billing.AddSink(store)).BuildServiceProvider();

    private static async Task<IngestReport> IngestAsync(IBillingStore store, SourceLayout layout, string name, string rows, IngestOptions? options = null, string? scope = null)
    {
        await using ServiceProvider services = Services(store);
        string text = rows.StartsWith("date,", StringComparison.Ordinal) ? rows : Header + rows;
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, text), (options ?? new IngestOptions { Scope = scope }) with { Layout = layout }, Cancellation);
    }

    private async Task<IReadOnlyList<PendingTransaction>> ListAsync(bool all = false) => await new LedgerPending(UnderTest.Connect()).ListAsync(all, Cancellation);
}
