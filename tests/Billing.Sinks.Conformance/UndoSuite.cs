using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of what pipelines take back, remove and replace in a store, and of the store as it was.</summary>
public abstract class UndoSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const string Header = "id,date,company,amount,currency\n";
    private static readonly DateOnly s_first = new(2025, 6, 1);
    private static readonly DateOnly s_last = new(2025, 6, 30);

    private IAmendableStore Ledger => Demand<IAmendableStore>(Store, nameof(UndoSuite<>));

    /// <summary>Of 50 moments at which a delivery is killed, and of 30 of a reversal, every so many: 1 for all. A store whose calls take long may leave some out.</summary>
    protected virtual int Step => 1;

    [Fact]
    public async Task A_run_that_is_taken_back_leaves_what_another_one_delivered_too_and_can_be_ingested_again()
    {
        IngestReport may = await IngestAsync(Ledger, "may.csv", Header + "1,2025-05-02,Acme,10.00,USD\n2,2025-05-03,Acme,20.00,USD\nx,2025-05-04,Acme,none,USD\n");
        string before = await StateAsync(Ledger);
        IngestReport june = await IngestAsync(Ledger, "june.csv", Header + "2,2025-05-03,Acme,20.00,USD\n3,2025-06-01,Acme,30.00,USD\n");
        string both = await StateAsync(Ledger);

        LedgerEntry entry = Assert.Single(await new LedgerReversal(Ledger) { Reason = "wrong file" }.RunAsync(june.RunId, Cancellation));
        Assert.Equal(before, await StateAsync(UnderTest.Connect()));
        Assert.Equal((1, "30 USD", june.RunId, "wrong file"), (entry.TakenOut.Rows, entry.TakenOut["USD"] + " USD", entry.Of, entry.Reason));
        Assert.Equal(entry.Id, (await UnderTest.Connect().FindRunAsync(june.RunId, Cancellation))!.RevertedBy);
        Assert.Equal(june.RunId, Assert.Single(await UnderTest.Connect().GetChangesAsync(entry.Id, Cancellation).ToArrayAsync(Cancellation)).From!.RunId);
        await Assert.ThrowsAsync<BillingException>(() => new LedgerReversal(Ledger).RunAsync(june.RunId, Cancellation));

        june = await IngestAsync(Ledger, "june.csv", Header + "2,2025-05-03,Acme,20.00,USD\n3,2025-06-01,Acme,30.00,USD\n");
        Assert.Equal((1, 1), (june.Stored.Rows, june.Duplicate.Rows));
        Assert.Equal(both, await StateAsync(Ledger));

        // The row that both delivered is June's now; the row in quarantine is gone with May.
        await new LedgerReversal(Ledger).RunAsync(may.RunId, Cancellation);
        Assert.Equal(["2 20 june.csv:2", "3 30 june.csv:3"], (await ReadAllAsync(new RecordQuery())).Select(Text));
        Assert.Empty(await ReadQuarantineAsync(new QuarantineQuery()));
        Assert.Empty(await FaultsAsync());

        may = await IngestAsync(Ledger, "may.csv", Header + "1,2025-05-02,Acme,10.00,USD\n2,2025-05-03,Acme,20.00,USD\nx,2025-05-04,Acme,none,USD\n");
        Assert.Equal((1, 1, 1), (may.Stored.Rows, may.Duplicate.Rows, may.Quarantined.Rows));
        Assert.Single(await ReadQuarantineAsync(new QuarantineQuery()));
    }

    [Fact]
    public async Task Of_five_deliveries_of_a_month_the_last_holds_each_earlier_one_can_be_read_and_a_stale_one_is_refused()
    {
        await IngestAsync(Ledger, "july.csv", Header + "90,2025-07-01,Acme,1.00,USD\n91,2025-06-30,Other,5.00,USD\n", scope: "others");
        List<(string RunId, string State)> snapshots = [];
        for (int version = 1; version <= 5; version++)
        {
            IngestReport run = await IngestAsync(Ledger, "focus.csv", Month(version), Replacing(version));
            Assert.True(run.IsBalanced);
            Assert.InRange(run.Superseded.Rows, version == 1 ? 0 : 10, version == 1 ? 0 : 11);
            Assert.Equal(Whole(version), await WholeAsync(Store));
            snapshots.Add((run.RunId, await StateAsync(Store)));
        }

        IngestFailedException stale = await Assert.ThrowsAsync<IngestFailedException>(() => IngestAsync(Ledger, "focus.csv", Month(3), Replacing(3)));
        Assert.Contains("is older than run", stale.Message, StringComparison.Ordinal);
        Assert.Equal(0, stale.Report.Stored.Rows);
        IngestReport again = await IngestAsync(Ledger, "focus.csv", Month(5), Replacing(5));
        Assert.Equal((0, again.Read.Rows, 0), (again.Stored.Rows, again.Duplicate.Rows, again.Superseded.Rows));
        foreach ((string runId, string state) in snapshots)
        {
            IBillingStore then = await UnderTest.Connect().AsOfAsync(runId, Cancellation);
            Assert.Equal(state, await StateAsync(then));
            Assert.Equal((await then.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation)).Sum(row => row.Billed.Rows), state.Count(letter => letter == '\n'));
        }

        Assert.Empty(await FaultsAsync());
        foreach (int version in new[] { 3, 5, 4 })
        {
            await new LedgerReversal(Ledger).RunAsync(snapshots[version - 1].RunId, Cancellation);
        }

        await new LedgerReversal(Ledger).RunAsync(again.RunId, Cancellation);
        Assert.Equal(snapshots[1].State, await StateAsync(Store));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Killed_while_a_delivery_replaces_and_run_again_it_is_as_if_undisturbed()
    {
        int killed = 0;
        for (int point = 0; point < 50; point += Step)
        {
            string scope = $"killed {point}";
            await IngestAsync(Ledger, "focus.csv", Month(1), Replacing(1, scope));
            KilledLedger dying = new(Ledger, point);
            try
            {
                await IngestAsync(dying, "focus.csv", Month(2), Replacing(2, scope));
            }
            catch (Exception e) when (dying.IsKilled && e is KilledException or BillingException)
            {
                killed++;
            }

            await IngestAsync(Ledger, "focus.csv", Month(2), Replacing(2, scope));
            Assert.Equal(Whole(2), await WholeAsync(Store, scope));
        }

        Assert.InRange(killed, 10 / Step, 50);
    }

    [Fact]
    public async Task Killed_while_a_run_is_taken_back_and_called_again_it_is_as_if_undisturbed()
    {
        int killed = 0;
        for (int point = 0; point < 30; point += Step)
        {
            string scope = $"taken back {point}";
            await IngestAsync(Ledger, "focus.csv", Month(1), Replacing(1, scope));
            string before = await WholeAsync(Store, scope);
            IngestReport run = await IngestAsync(Ledger, "focus.csv", Month(2), Replacing(2, scope));
            KilledLedger dying = new(Ledger, point);
            try
            {
                await new LedgerReversal(dying).RunAsync(run.RunId, Cancellation);
            }
            catch (KilledException)
            {
                killed++;
                if ((await Store.FindRunAsync(run.RunId, Cancellation))!.RevertedBy is null)
                {
                    await new LedgerReversal(Ledger).RunAsync(run.RunId, Cancellation);
                }
            }

            Assert.Equal(before, await WholeAsync(Store, scope));
        }

        Assert.InRange(killed, 10 / Step, 30);
    }

    [Fact]
    public async Task What_a_person_removes_stays_removed_and_comes_back_when_that_is_taken_back()
    {
        const string Rows = Header + "1,2025-05-02,Acme,10.00,USD\n2,2025-05-03,Acme,20.00,USD\n";
        await IngestAsync(Ledger, "may.csv", Rows);
        RecordKey key = (await ReadAllAsync(new RecordQuery()))[1].Key;
        LedgerEntry entry = await new LedgerRemoval(Ledger, "a private purchase").RunAsync([key], Cancellation);
        Assert.Equal((1, "20"), (entry.TakenOut.Rows, entry.TakenOut["USD"].ToString()));

        IngestReport again = await IngestAsync(Ledger, "may.csv", Rows);
        Assert.Equal((0, 2, 1, "20"), (again.Stored.Rows, again.Duplicate.Rows, again.Removed.Rows, again.Removed["USD"].ToString()));
        Assert.Equal(["1 10 may.csv:2"], (await ReadAllAsync(new RecordQuery())).Select(Text));
        Assert.Equal("20", (await UnderTest.Connect().FindRunAsync(again.RunId, Cancellation))!.Removed["USD"].ToString());

        await new LedgerReversal(Ledger).RunAsync(entry.Id, Cancellation);
        Assert.Equal(["1 10 may.csv:2", "2 20 may.csv:3"], (await ReadAllAsync(new RecordQuery())).Select(Text));
        Assert.Equal(0, (await IngestAsync(Ledger, "may.csv", Rows)).Removed.Rows);
        await Assert.ThrowsAsync<BillingException>(() => new LedgerRemoval(Ledger, "none").RunAsync([new RecordKey(new byte[RecordKey.Size])], Cancellation));
        Assert.Empty(await FaultsAsync());
    }

    private static IngestOptions Replacing(int version, string scope = "payer") =>
        new() { Delivery = Delivery.Replace(scope, s_first, s_last, version.ToString(CultureInfo.InvariantCulture)), Identity = RecordIdentity.Columns("id") };

    // Of each version, nine or ten rows change, one is gone and one is new.
    private static string Month(int version)
    {
        StringBuilder text = new(Header);
        foreach ((int id, decimal amount) in Rows(version))
        {
            text.Append(CultureInfo.InvariantCulture, $"{id},2025-06-{(id % 28) + 1:D2},Acme,{amount},USD\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(int Id, decimal Amount)> Rows(int version) => Enumerable.Range(version, 30).Select(id => (id, id % 3 == 0 ? id + (version / 4m) : id));

    private static string Whole(int version) => string.Join('\n', Rows(version).OrderBy(row => row.Id).Select(row => FormattableString.Invariant($"{row.Id} {row.Amount:0.##}")));

    private static async Task<string> WholeAsync(IBillingStore store, string scope = "payer")
    {
        BillingRecord[] records = await store.QueryAllAsync(new RecordQuery { Scope = scope }, Cancellation).ToArrayAsync(Cancellation);
        return string.Join('\n', records.OrderBy(record => int.Parse(record.SourceId!, CultureInfo.InvariantCulture)).Select(record => FormattableString.Invariant($"{record.SourceId} {record.Amount.Amount:0.##}")));
    }

    private static string Text(BillingRecord record) => FormattableString.Invariant($"{record.SourceId} {record.Amount.Amount:0.##} {record.Source}");

    private static async Task<string> StateAsync(IBillingStore store)
    {
        StringBuilder state = new();
        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery(), Cancellation))
        {
            state.Append(CultureInfo.InvariantCulture, $"{record.Key} {record.Fingerprint} {Text(record)} {record.ReportingAmount}\n");
        }

        return state.ToString();
    }

    private async Task<List<StoreFault>> FaultsAsync() => await new StoreVerification(UnderTest.Connect()).FindFaultsAsync(Cancellation).ToListAsync(Cancellation);

    private static async Task<IngestReport> IngestAsync(IBillingStore store, string name, string text, IngestOptions? options = null, string? scope = null)
    {
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.AddSink(store)).BuildServiceProvider();
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, text), options ?? new IngestOptions { Scope = scope, Identity = RecordIdentity.Columns("id") }, Cancellation);
    }
}
