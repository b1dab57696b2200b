namespace Billing.Sinks.Conformance;

/// <summary>The shared part of the suites that every store must pass.</summary>
public abstract class StoreSuite<TStore> : IAsyncLifetime
    where TStore : IStoreUnderTest, new()
{
    protected StoreSuite() => Store = UnderTest.Connect();

    protected IStoreUnderTest UnderTest { get; } = new TStore();

    protected IBillingStore Store { get; }

    protected IBillingSink Sink => Store;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await UnderTest.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A further side of a store that a suite is about.</summary>
    protected static TSide Demand<TSide>(IBillingStore store, string suite)
        where TSide : class
    {
        Assert.True(store is TSide, $"{suite} is for stores that are {typeof(TSide).Name}s, and {store.GetType().Name} is none. Implement it, or do not derive this suite.");
        return (TSide)store;
    }

    protected ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(params BillingRecord[] records) => Sink.WriteAsync(records, Cancellation);

    protected async Task<List<BillingRecord>> ReadAllAsync(RecordQuery query)
    {
        List<BillingRecord> records = [];
        Page<BillingRecord> page;
        do
        {
            page = await Store.QueryAsync(query, Cancellation);
            Assert.True(page.Items.Count <= query.PageSize);
            Assert.True(page.ContinuationToken is null || query.MostBytes is not null || page.Items.Count == query.PageSize);
            records.AddRange(page.Items);
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (page.ContinuationToken is not null);

        return records;
    }

    private protected async Task<List<BillingRecord>> ReadListAsync(RecordListQuery list)
    {
        List<BillingRecord> read = [];
        string? token = null;
        do
        {
            Page<BillingRecord> page = await Store.ListAsync(list with { ContinuationToken = token }, Cancellation);
            Assert.True(page.Items.Count <= list.PageSize);
            read.AddRange(page.Items);
            token = page.ContinuationToken;
        }
        while (token is not null);

        return read;
    }

    protected async Task<List<QuarantinedRecord>> ReadQuarantineAsync(QuarantineQuery query)
    {
        List<QuarantinedRecord> records = [];
        Page<QuarantinedRecord> page;
        do
        {
            page = await Store.GetQuarantineAsync(query, Cancellation);
            records.AddRange(page.Items);
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (page.ContinuationToken is not null);

        return records;
    }

    /// <summary>Returns a record whose key starts with the same eight bytes as every other record of this method.</summary>
    protected static BillingRecord WithCrowdedKey(byte last, string content)
    {
        Span<byte> key = stackalloc byte[RecordKey.Size];
        key.Fill(7);
        key[^1] = last;
        BillingRecord record = Some.Record(content: content);
        return Copy(record, new RecordKey(key));
    }

    private static BillingRecord Copy(BillingRecord record, RecordKey key) => new()
    {
        Key = key,
        Fingerprint = record.Fingerprint,
        Date = record.Date,
        Amount = record.Amount,
        ReportingAmount = record.ReportingAmount,
        Source = record.Source,
        RunId = record.RunId,
    };
}
