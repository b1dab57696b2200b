using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of seals in a store that is amendable: what was sealed comes back as it was, whatever is in it, and an edit or a removal without an entry is found from a head.</summary>
public abstract class SealSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const string June = "date,company,note,amount,currency\n2025-06-01,Acme , tab\tand ✓ ,10.00,USD\n2025-06-02,Café 'Süd',,-3.50,CAD\nnonsense,Acme,,1,USD\n2025-06-04,Acme,x,0.004,USD\n";

    private IAmendableStore Amendable => Demand<IAmendableStore>(Store, nameof(SealSuite<>));

    [Fact]
    public async Task What_a_run_stored_is_verified_from_its_head_after_the_store_was_opened_again()
    {
        IngestReport run = await IngestAsync(Store, June, "june.csv");
        Assert.Equal((3, 1), (run.Stored.Rows, run.Quarantined.Rows));
        IngestReport again = await IngestAsync(UnderTest.Connect(), June, "june-again.csv");
        LedgerHead head = await HeadAsync();
        Assert.Equal(2, head.Number);
        Assert.Empty(await FaultsAsync(head));
        Assert.Empty(await new LedgerSeals(UnderTest.Connect()).SealAsync(Cancellation));
        Assert.Equal(3, again.Duplicate.Rows);
    }

    [Fact]
    public async Task A_record_with_every_field_has_the_same_content_in_every_store()
    {
        MemorySink memory = new();
        BillingRecord every = EveryField.Record();
        foreach (IBillingStore store in (IBillingStore[])[Store, memory])
        {
            await store.WriteAsync([every, Some.Record("2", runId: every.RunId)], Cancellation);
            await store.WriteQuarantineAsync([Some.Quarantined(runId: every.RunId)], Cancellation);
            await store.WriteRunAsync(Some.Report(every.RunId, every.Source.Name) with { Status = RunStatus.Completed }, Cancellation);
        }

        LedgerSeal expected = Assert.Single(await new LedgerSeals(memory).SealAsync(Cancellation));
        LedgerSeal seal = Assert.Single(await new LedgerSeals(UnderTest.Connect()).SealAsync(Cancellation));
        Assert.Equal((expected.Report, expected.Content, 2, 1), (seal.Report, seal.Content, seal.Records, seal.Quarantined));
        Assert.Empty(await FaultsAsync(await HeadAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_record_that_was_edited_or_removed_without_an_entry_is_named(bool isRemoved)
    {
        await IngestAsync(Store, June, "june.csv");
        LedgerHead head = await HeadAsync();
        BillingRecord record = (await ReadAllAsync(new RecordQuery())).Single(one => one.Source.Line == 3);

        // No document of a change: nobody is told.
        BillingRecord edited = Copied(record, category: "edited");
        await Amendable.AmendAsync([new RecordAmendment(record, isRemoved ? null : edited, new LedgerDocument("note", "nobody", default))], Cancellation);
        List<StoreFault> faults = await FaultsAsync(head);
        Assert.All(faults, fault => Assert.Equal(StoreFaultKind.SealedContent, fault.Kind));
        Assert.Contains(faults, fault => fault.Detail.Contains(isRemoved ? "the record of line 3 is gone" : $"june.csv line 3 (key {record.Key}) is not as it was sealed", StringComparison.Ordinal));
        await Amendable.AmendAsync([new RecordAmendment(isRemoved ? null : edited, record, new LedgerDocument("note", "back", default))], Cancellation);
        Assert.Empty(await FaultsAsync(head));
    }

    [Fact]
    public async Task Reversals_removals_and_deliveries_that_replace_are_sealed_and_the_chain_holds()
    {
        List<LedgerHead> heads = [];
        IngestReport june = await IngestAsync(Store, June, "june.csv", new IngestOptions { Scope = "acct" });
        heads.Add(await HeadAsync());
        await new LedgerRemoval(Store, "a reason").RunAsync([(await ReadAllAsync(new RecordQuery()))[0].Key], Cancellation);
        heads.Add(await HeadAsync());
        Delivery whole = Delivery.Replace("acct", new DateOnly(2025, 6, 1), new DateOnly(2025, 6, 30));
        IngestReport replacing = await IngestAsync(UnderTest.Connect(), June.Replace("0.004", "0.005", StringComparison.Ordinal).Replace("nonsense,Acme,,1,USD\n", "", StringComparison.Ordinal), "june-2.csv", new IngestOptions { Scope = "acct", Delivery = whole });
        Assert.Equal(1, replacing.Superseded.Rows);
        heads.Add(await HeadAsync());
        await new LedgerReversal(Store).RunAsync(replacing.RunId, Cancellation);
        await new LedgerReversal(UnderTest.Connect()).RunAsync(june.RunId, Cancellation);
        heads.Add(await HeadAsync());
        Assert.Equal([1, 2, 3, 5], heads.Select(head => head.Number));
        Assert.Empty(await FaultsAsync([.. heads]));
    }

    [Fact]
    public async Task Runs_that_end_at_once_each_get_a_number()
    {
        IBillingStore[] stores = [.. Enumerable.Range(0, 6).Select(_ => UnderTest.Connect())];
        await Task.WhenAll(stores.Select((store, i) => Task.Run(() => IngestAsync(store, June.Replace("2025-06", $"2025-{i + 1:D2}", StringComparison.Ordinal), $"{i}.csv"), Cancellation)));
        await new LedgerSeals(Store).SealAsync(Cancellation);
        LedgerHead head = await HeadAsync();
        Assert.Equal(6, head.Number);
        Assert.Empty(await FaultsAsync(head));
    }

    private static async Task<IngestReport> IngestAsync(IBillingStore store, string csv, string name, IngestOptions? options = null)
    {
        ServiceCollection services = new();
        services.AddBilling(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")).AddSink(store));
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, csv), options ?? new IngestOptions(), Cancellation);
    }

    private async Task<LedgerHead> HeadAsync()
    {
        LedgerHead? head = await new LedgerSeals(UnderTest.Connect()).GetHeadAsync(Cancellation);
        Assert.NotNull(head);
        return LedgerHead.Parse(head.ToString());
    }

    private async Task<List<StoreFault>> FaultsAsync(params LedgerHead[] heads)
    {
        List<StoreFault> faults = [];
        await foreach (StoreFault fault in new LedgerSeals(UnderTest.Connect()).VerifyAsync(heads, Cancellation))
        {
            faults.Add(fault);
        }

        return faults;
    }

    private static BillingRecord Copied(BillingRecord record, string category) => new()
    {
        Key = record.Key,
        Fingerprint = record.Fingerprint,
        Occurrence = record.Occurrence,
        Scope = record.Scope,
        SourceId = record.SourceId,
        Date = record.Date,
        Instant = record.Instant,
        Party = record.Party,
        Account = record.Account,
        Description = record.Description,
        Amount = record.Amount,
        ReportingAmount = record.ReportingAmount,
        ExchangeRate = record.ExchangeRate,
        Attributes = record.Attributes,
        Source = record.Source,
        RunId = record.RunId,
        Category = category,
        CategoryRule = record.CategoryRule,
        Flags = record.Flags,
        Alerts = record.Alerts,
    };
}
