namespace Billing.Core.Tests.Stores;

/// <summary>What a ledger that is not as it should be is told of.</summary>
public sealed class VerificationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_without_their_run_and_a_fingerprint_of_other_content_are_named()
    {
        MemorySink store = new();
        BillingRecord record = Some.Record(runId: "lost", amount: 3m);
        await store.WriteAsync([record], Cancellation);
        List<StoreFault> faults = await FaultsAsync(store);
        Assert.Equal([(StoreFaultKind.Fingerprint, (RecordKey?)record.Key, "lost"), (StoreFaultKind.RunMissing, null, "lost")], faults.Select(fault => (fault.Kind, fault.Key, fault.RunId)));
        Assert.Equal("The run does not exist, but 1 rows, 3 USD name it.", faults[1].Detail);
    }

    [Fact]
    public async Task A_key_that_is_there_twice_is_named_even_under_another_date()
    {
        MemorySink store = new();
        MemorySink second = new();
        await store.WriteAsync([Some.Record("1", date: new DateOnly(2025, 6, 1))], Cancellation);
        await second.WriteAsync([Some.Record("1", date: new DateOnly(2025, 6, 2))], Cancellation);
        List<StoreFault> faults = await FaultsAsync(new TwoStores(store, second));
        Assert.Equal([Some.Key("1")], faults.Where(fault => fault.Kind == StoreFaultKind.KeyTwice).Select(fault => fault.Key!.Value));
    }

    [Fact]
    public async Task A_completed_run_must_state_exactly_what_it_stored_and_balance_and_one_that_ended_early_at_most_that()
    {
        MemorySink store = new();
        ControlTotals one = new(1, new Dictionary<string, ExactSum> { ["USD"] = ExactSum.From(1m) });
        ControlTotals two = one + one;
        foreach ((string id, RunStatus status, ControlTotals stored) in new[] { ("a", RunStatus.Completed, two), ("b", RunStatus.Failed, two), ("c", RunStatus.Failed, ControlTotals.Zero), ("d", RunStatus.Running, one), ("e", RunStatus.Completed, one) })
        {
            await store.WriteAsync([Some.Record(id, runId: id, amount: 1m)], Cancellation);
            await store.WriteRunAsync(Some.Report(id) with { Status = status, Stored = stored, StoredInReportingCurrency = stored, Read = id == "e" ? two : stored, Duplicate = ControlTotals.Zero, Conflict = ControlTotals.Zero, Quarantined = ControlTotals.Zero }, Cancellation);
        }

        List<StoreFault> faults = await FaultsAsync(store);
        Assert.Equal(
            ["a RunTotals", "b RunTotals", "e RunBalance"],
            faults.Where(fault => fault.Kind != StoreFaultKind.Fingerprint).Select(fault => $"{fault.RunId} {fault.Kind}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_field_of_a_record_counts_and_the_run_does_not()
    {
        BillingRecord record = Some.Record(account: "a", category: "c", scope: "s", flags: ["f"], attributes: new RecordAttributes(["city"], ["León"]), runId: "one");
        Assert.Empty(await DifferencesAsync(record, Some.Record(account: "a", category: "c", scope: "s", flags: ["f"], attributes: new RecordAttributes(["city"], ["León"]), runId: "two")));
        BillingRecord other = Some.Record(
            content: "other", amount: 12.5m, account: "b", description: null, category: "d", scope: "t", sourceId: "1", instant: new DateTimeOffset(2025, 6, 17, 1, 0, 0, TimeSpan.FromHours(1)),
            party: "B", flags: [], alerts: ["x"], attributes: new RecordAttributes(["city"], ["Leon"]), source: "july.csv", line: 3,
            rate: new ExchangeRate(Currency.Parse("EUR"), Currency.Usd, 1.1m, null, "table"), currency: "EUR", reportingAmount: 13.75m, date: new DateOnly(2025, 6, 18));
        StoreDifference difference = Assert.Single(await DifferencesAsync(record, other));
        Assert.Equal(
            "fingerprint scope sourceId date instant party account description amount currency reportingAmount exchangeRate.rate exchangeRate.source category categoryRule flags alerts attributes.city source.name source.line source.byteOffset",
            string.Join(' ', difference.Fields.Select(field => field.Field)));
        Assert.Equal(new FieldDifference("amount", "12.50", "12.5"), difference.Fields.Single(field => field.Field == "amount"));
    }

    [Fact]
    public async Task What_only_one_of_two_stores_has_is_named_also_in_quarantine()
    {
        MemorySink one = new();
        MemorySink other = new();
        await one.WriteAsync([Some.Record("1"), Some.Record("2")], Cancellation);
        await other.WriteAsync([Some.Record("2"), Some.Record("3")], Cancellation);
        await one.WriteQuarantineAsync([Some.Quarantined("q1"), Some.Quarantined("q2", line: 9)], Cancellation);
        await other.WriteQuarantineAsync([Some.Quarantined("q2", line: 9, raw: "other"), Some.Quarantined("q3", line: 10)], Cancellation);
        StoreComparison comparison = new(one, other);
        string[] names = ["1", "2", "3", "q1", "q2", "q3"];
        List<string> found = [];
        await foreach (StoreDifference difference in comparison.FindDifferencesAsync(Cancellation))
        {
            string name = names.Single(name => Some.Key(name) == difference.Key);
            found.Add($"{name} {difference.Kind} {string.Join(',', difference.Fields.Select(field => field.Field))}".TrimEnd());
        }

        Assert.Equal(["1 MissingInOther", "3 OnlyInOther", "q1 MissingInOther", "q2 Different raw,rawLength", "q3 OnlyInOther"], found.Order(StringComparer.Ordinal));
        Assert.Equal((2, 2), (comparison.Records, comparison.OtherRecords));
    }

    [Fact]
    public async Task A_store_that_lists_in_another_order_is_refused_instead_of_misread()
    {
        MemorySink late = new();
        MemorySink early = new();
        await late.WriteAsync([Some.Record("1", date: new DateOnly(2025, 6, 2))], Cancellation);
        await early.WriteAsync([Some.Record("2", date: new DateOnly(2025, 6, 1))], Cancellation);
        StoreComparison comparison = new(new TwoStores(late, early), new MemorySink());
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await comparison.FindDifferencesAsync(Cancellation).CountAsync(Cancellation));
        Assert.Contains("does not list in the order that all stores share", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<StoreFault>> FaultsAsync(IBillingStore store) => await new StoreVerification(store).FindFaultsAsync(Cancellation).ToListAsync(Cancellation);

    private static async Task<List<StoreDifference>> DifferencesAsync(BillingRecord record, BillingRecord other)
    {
        MemorySink one = new();
        MemorySink two = new();
        await one.WriteAsync([record], Cancellation);
        await two.WriteAsync([other], Cancellation);
        return await new StoreComparison(one, two).FindDifferencesAsync(Cancellation).ToListAsync(Cancellation);
    }

    /// <summary>A store that lists what one has, then what another has.</summary>
    private sealed class TwoStores(MemorySink first, MemorySink second) : IBillingStore
    {
        public string Name => first.Name;

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) => first.WriteAsync(records, cancellationToken);

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => first.WriteQuarantineAsync(records, cancellationToken);

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => first.WriteRunAsync(run, cancellationToken);

        public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => first.FindAsync(key, cancellationToken);

        public async ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => query.ContinuationToken is null
            ? (await first.QueryAsync(query, cancellationToken)) with { ContinuationToken = "second" }
            : await second.QueryAsync(query with { ContinuationToken = null }, cancellationToken);

        public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => first.SummarizeAsync(by, query, cancellationToken);

        public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => first.FindRunAsync(runId, cancellationToken);

        public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => first.GetRunsAsync(page, cancellationToken);

        public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => first.GetQuarantineAsync(query, cancellationToken);

        public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => first.ResolveQuarantineAsync(keys, resolution, cancellationToken);
    }
}
