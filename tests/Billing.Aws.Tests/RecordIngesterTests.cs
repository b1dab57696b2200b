using Microsoft.Extensions.DependencyInjection;

namespace Billing.Aws.Tests;

public sealed class RecordIngesterTests : IAsyncDisposable
{
    private readonly StubLedger _ledger = new();
    private readonly ServiceProvider _services;

    public RecordIngesterTests() => _services = new ServiceCollection()
        .AddBilling(billing => billing
            .AddSink(_ledger)
            .AddSqsRecords(records =>
            {
                records.Identity = RecordIdentity.Columns("transaction_id");
                records.Layout = new SourceLayout { Amount = "amount", Currency = "currency", Instant = "timestamp", Party = "merchant", Account = "user_id" };
            }))
        .BuildServiceProvider();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task A_batch_is_one_run_and_each_message_has_its_own_outcome()
    {
        IReadOnlyList<SqsMessageOutcome> outcomes = await IngestAsync(
            Transaction("t1", "10.00"),
            "not json",
            "{\"transaction_id\": \"unclosed",
            Transaction("t2", "NaN"),
            "  " + Transaction("t3", "3.25").Replace(",", ",\n", StringComparison.Ordinal) + "\n",
            Transaction("t1", "10.00"),
            Transaction("t1", "11.00"),
            "[1]",
            Transaction("t4", "4"));
        Assert.Equal([true, false, false, true, true, true, true, false, true], outcomes.Select(outcome => outcome.IsDone));
        Assert.Equal([1, 2, 7], Enumerable.Range(0, 9).Where(i => outcomes[i].IsPoison));
        Assert.Equal(1, _ledger.Runs);
        Assert.Equal(["t1", "t3", "t4"], (await RecordsAsync()).Select(record => record.Attributes["transaction_id"] ?? record.SourceId).Order());
        Assert.Equal([QuarantineReason.BadAmount, QuarantineReason.Conflict], _ledger.Quarantine.Select(record => record.Reason).Order());
    }

    [Fact]
    public async Task A_batch_that_comes_again_changes_nothing()
    {
        string[] bodies = [Transaction("t1", "1"), "poison", Transaction("t2", "2")];
        for (int i = 0; i < 2; i++)
        {
            SqsBatchResponse response = await HandleAsync(bodies);
            Assert.Empty(response.Failures);
        }

        Assert.Equal(2, (await RecordsAsync()).Count);
        Assert.Single(_ledger.Quarantine.Select(record => record.Key).Distinct());
    }

    [Fact]
    public async Task When_the_ledger_fails_the_records_are_returned_and_poison_is_still_quarantined()
    {
        _ledger.FailsRecords = true;
        SqsBatchResponse response = await HandleAsync(Transaction("t1", "1"), "poison", Transaction("t2", "2"));
        Assert.Equal(["m0", "m2"], BatchHandlerTests.Returned(response));
        Assert.Single(_ledger.Quarantine);
        _ledger.FailsRecords = false;
        Assert.Empty((await HandleAsync(Transaction("t1", "1"), "poison", Transaction("t2", "2"))).Failures);
        Assert.Equal(2, (await RecordsAsync()).Count);
    }

    [Fact]
    public async Task A_message_without_its_id_is_quarantined_and_its_neighbours_pass()
    {
        IReadOnlyList<SqsMessageOutcome> outcomes = await IngestAsync("""{"amount":1,"currency":"USD","timestamp":"2025-06-17T10:00:00Z"}""", Transaction("t1", "1"), "{}");
        Assert.All(outcomes, outcome => Assert.True(outcome.IsDone || outcome.IsPoison));
        Assert.Single(await RecordsAsync());
    }

    [Fact]
    public void An_ingester_without_an_identity_by_columns_is_refused() =>
        Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing.AddSink(_ledger).AddSqsRecords(_ => { })));

    private async Task<IReadOnlyList<SqsMessageOutcome>> IngestAsync(params string[] bodies) =>
        await _services.GetRequiredService<SqsRecordIngester>().IngestAsync(BatchHandlerTests.Batch(bodies).Messages, Cancellation);

    private Task<SqsBatchResponse> HandleAsync(params string[] bodies) => _services.GetRequiredService<SqsBatchHandler>().HandleAllAsync(
        BatchHandlerTests.Batch(bodies), _services.GetRequiredService<SqsRecordIngester>().IngestAsync, TimeProvider.System.GetUtcNow().AddMinutes(5), Cancellation);

    private async Task<IReadOnlyList<BillingRecord>> RecordsAsync() => (await _ledger.Memory.QueryAsync(new RecordQuery(), Cancellation)).Items;

    private static string Transaction(string id, string amount) =>
        $$"""{"transaction_id":"{{id}}","user_id":"u1","amount":{{(amount == "NaN" ? "\"NaN\"" : amount)}},"currency":"USD","timestamp":"2025-06-17T10:00:00Z","merchant":"Acme"}""";
}
