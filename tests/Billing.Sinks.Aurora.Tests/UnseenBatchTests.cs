namespace Billing.Sinks.Aurora.Tests;

/// <summary>After a batch of new keys the next one is inserted without looking; what is there all the same must be told apart.</summary>
public sealed class UnseenBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_keys_in_a_batch_that_was_expected_to_be_new_are_duplicates_and_conflicts_and_nothing_is_doubled()
    {
        await using AuroraInfileStore store = new();
        await using AuroraSink sink = store.Open(options => options.MaxRetries = 0);
        await sink.WriteAsync([.. Enumerable.Range(0, 300).Select(i => Some.Record($"{i}"))], Cancellation);
        await sink.WriteAsync([.. Enumerable.Range(300, 300).Select(i => Some.Record($"{i}"))], Cancellation);

        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(
            [.. Enumerable.Range(400, 300).Select(i => Some.Record($"{i}", content: i == 450 ? "other" : null, source: "july.csv")), Some.Record("699", source: "july.csv")], Cancellation);

        Assert.Equal(
            Enumerable.Range(400, 301).Select(i => i == 450 ? WriteOutcomeKind.Conflict : i is < 600 or 700 ? WriteOutcomeKind.Duplicate : WriteOutcomeKind.Stored),
            outcomes.Select(outcome => outcome.Kind));
        Assert.Equal("700 700", store.Scalar("SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT key_hash)) FROM billing_records"));
        Assert.Equal("june.csv", (await sink.FindAsync(Some.Key("450"), Cancellation))!.Source.Name);
        Assert.All(await sink.WriteAsync([.. Enumerable.Range(700, 300).Select(i => Some.Record($"{i}"))], Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Stored, outcome.Kind));
        Assert.All(await sink.WriteAsync([.. Enumerable.Range(1000, 300).Select(i => Some.Record($"{i}"))], Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Stored, outcome.Kind));
        Assert.Equal("1300", store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }
}
