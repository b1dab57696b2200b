using Billing.Runs;

namespace Billing.Core.Tests.Runs;

public sealed class DryRunLedgerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_as_the_store_would_and_writes_nothing()
    {
        MemorySink store = new();
        await store.WriteAsync([Some.Record("1", source: "may.csv"), Some.Record("2", source: "may.csv")], Token);

        DryRunLedger sink = new(store, "memory:");
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync([Some.Record("1"), Some.Record("2", content: "other"), Some.Record("3")], Token);

        Assert.Equal([WriteOutcome.Duplicate("may.csv"), WriteOutcome.Conflict("may.csv", Some.Record("2").Fingerprint), WriteOutcome.Stored], outcomes);
        Assert.Null(await store.FindAsync(Some.Key("3"), Token));
    }

    [Fact]
    public async Task It_remembers_what_it_would_have_stored()
    {
        DryRunLedger sink = new(null, "memory:");
        Assert.Equal([WriteOutcome.Stored, WriteOutcome.Duplicate("june.csv")], await sink.WriteAsync([Some.Record("1"), Some.Record("1")], Token));
        Assert.Equal([WriteOutcome.Conflict("june.csv", Some.Record("1").Fingerprint)], await sink.WriteAsync([Some.Record("1", content: "other")], Token));
    }
}
