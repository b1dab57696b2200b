using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of erasures in a store that is amendable: the text of a party is gone, rows that come again are recognised, and an earlier head proves the rest.</summary>
public abstract class EraseSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const string June = "date,company,account,note,amount,currency\n2025-06-01,Zoë Grün,4711,a note,10.00,USD\n2025-06-02,Bakery,,paid by zoë grün,3.50,USD\nnonsense,Zoë Grün,,,1,USD\n2025-06-04,Bakery,4712,Zoë Grünwald,0.004,USD\n";

    private IAmendableStore Ledger => Demand<IAmendableStore>(Store, nameof(EraseSuite<>));

    [Fact]
    public async Task Text_of_a_party_is_erased_and_all_else_stays_proved_and_recognised()
    {
        await IngestAsync(Ledger, "june.csv");
        BillingRecord[] before = [.. await ReadAllAsync(new RecordQuery())];
        await new LedgerRemoval(Ledger, "private").RunAsync([before[0].Key], Cancellation);
        LedgerHead head = (await new LedgerSeals(UnderTest.Connect()).GetHeadAsync(Cancellation))!;

        // The same name, decomposed and in capitals.
        LedgerErasureReport report = await new LedgerErasure(Ledger, "request 17").RunAsync("ZOE\u0308 GRU\u0308N", Cancellation);
        Assert.Equal((1, 1, 1), (report.Records, report.Changes, report.Quarantined));
        Assert.Equal(LedgerEntryKind.Erasure, report.Entry!.Kind);
        await HasNoNameAsync();
        BillingRecord[] after = [.. await ReadAllAsync(new RecordQuery())];
        Assert.Equal(before.Skip(1).Select(record => (record.Key, record.Fingerprint, record.Amount, record.Party)), after.Select(record => (record.Key, record.Fingerprint, record.Amount, record.Party)));
        Assert.Equal(LedgerErasure.Placeholder, after[0].Attributes["note"] ?? after[0].Description);
        Assert.Equal("Zoë Grünwald", after[1].Attributes["note"] ?? after[1].Description);
        QuarantinedRecord row = Assert.Single(await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true }));
        Assert.Equal((LedgerErasure.Placeholder, false), (row.RawText, row.IsOpen));
        Assert.Empty(await FaultsAsync(head));

        IngestReport again = await IngestAsync(UnderTest.Connect(), "june.csv");
        Assert.Equal((0, 3, 1), (again.Stored.Rows, again.Duplicate.Rows, again.Quarantined.Rows));
        await HasNoNameAsync();
        Assert.Empty(await FaultsAsync(head));
        Assert.Empty(await new StoreVerification(UnderTest.Connect()).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_edit_beside_an_erasure_is_found()
    {
        await IngestAsync(Ledger, "june.csv");
        await new LedgerErasure(Ledger, "request 17").RunAsync("Zoë Grün", Cancellation);
        LedgerHead head = (await new LedgerSeals(Ledger).GetHeadAsync(Cancellation))!;
        Assert.Empty(await FaultsAsync(head));
        BillingRecord erased = (await ReadAllAsync(new RecordQuery()))[0];
        Assert.Equal(LedgerErasure.Placeholder, erased.Party);
        BillingRecord edited = Paid(erased, new Money(11m, Currency.Usd));
        await Ledger.AmendAsync([new RecordAmendment(erased, edited, new LedgerDocument("note", "nobody", default))], Cancellation);
        Assert.Contains(await FaultsAsync(head), fault => fault.Kind == StoreFaultKind.SealedContent);
        Assert.Contains(await new StoreVerification(Store).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation), fault => fault.Kind == StoreFaultKind.Fingerprint);
    }

    [Fact]
    public async Task Killed_at_any_call_and_made_again_it_is_erased_and_proved()
    {
        await IngestAsync(Ledger, "june.csv");
        await new LedgerRemoval(Ledger, "private").RunAsync([(await ReadAllAsync(new RecordQuery()))[0].Key], Cancellation);
        LedgerHead head = (await new LedgerSeals(Ledger).GetHeadAsync(Cancellation))!;
        int killed = 0;
        for (int point = 4; point < 40; point += 3)
        {
            KilledLedger dying = new(Ledger, point);
            try
            {
                await new LedgerErasure(dying, "request 17").RunAsync("Zoë Grün", Cancellation);
            }
            catch (KilledException)
            {
                killed++;
            }
        }

        await new LedgerErasure(Ledger, "request 17, again").RunAsync("Zoë Grün", Cancellation);
        Assert.True(killed > 3, "It was hardly killed.");
        await HasNoNameAsync();
        Assert.Empty(await FaultsAsync(head));
        Assert.DoesNotContain(await UnderTest.Connect().GetEntriesAsync(Cancellation).ToArrayAsync(Cancellation), entry => entry.EndedAt is null);
    }

    private static BillingRecord Paid(BillingRecord record, Money amount) => new()
    {
        Key = record.Key,
        Fingerprint = record.Fingerprint,
        Date = record.Date,
        Party = record.Party,
        Account = record.Account,
        Description = record.Description,
        Amount = amount,
        ReportingAmount = amount,
        Attributes = record.Attributes,
        Source = record.Source,
        RunId = record.RunId,
    };

    private static async Task<IngestReport> IngestAsync(IBillingStore store, string name)
    {
        ServiceCollection services = new();
        services.AddBilling(billing => billing.AddSink(store));
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, June), new IngestOptions { Reread = true }, Cancellation);
    }

    private async Task HasNoNameAsync()
    {
        StringBuilder text = new();
        foreach (BillingRecord record in await ReadAllAsync(new RecordQuery()))
        {
            text.Append(record.Party).Append('|').Append(record.Account).Append('|').Append(record.Description).Append('|').AppendJoin('|', record.Attributes.Select(attribute => attribute.Value)).Append('\n');
        }

        foreach (QuarantinedRecord row in await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true }))
        {
            text.Append(row.RawText).Append(row.Detail).Append(row.Header);
        }

        await foreach (LedgerDocument document in UnderTest.Connect().GetHistoryAsync(Cancellation))
        {
            text.Append(Encoding.UTF8.GetString(document.Body.Span));
        }

        Assert.DoesNotContain("zoë grün", text.ToString().Replace("Zoë Grünwald", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    private async Task<List<StoreFault>> FaultsAsync(LedgerHead head)
    {
        List<StoreFault> faults = [];
        await foreach (StoreFault fault in new LedgerSeals(UnderTest.Connect()).VerifyAsync([head], Cancellation))
        {
            faults.Add(fault);
        }

        return faults;
    }
}
