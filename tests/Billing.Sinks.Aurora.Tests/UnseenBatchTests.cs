namespace Billing.Sinks.Aurora.Tests;

/// <summary>After a batch of new keys the next one is inserted without looking; what is there all the same must be told apart.</summary>
public sealed class UnseenBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_keys_in_a_batch_that_was_expected_to_be_new_are_duplicates_and_conflicts_and_nothing_is_doubled()
    {
        await using AuroraInfileStore store = new();
        await using AuroraSink sink = store.Open(options => options.MaxAttempts = 1);
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

    [Fact]
    public async Task A_batch_of_which_one_key_far_behind_is_there_is_undone_whole_and_written_with_that_one_as_a_duplicate()
    {
        await using AuroraInfileStore store = new();
        await using AuroraSink first = store.Open(options => options.MaxAttempts = 1);
        BillingRecord[] records = [.. Enumerable.Range(0, 7_000).Select(i => Some.Record($"{i}"))];
        await first.WriteAsync([records.MaxBy(record => record.Key)!], Cancellation);

        // New, so that it knows nothing of what is there, and looks at the first keys only.
        await using AuroraSink sink = store.Open(options => options.MaxAttempts = 1);
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(records, Cancellation);
        Assert.Equal(1, outcomes.Count(outcome => outcome.Kind == WriteOutcomeKind.Duplicate));
        Assert.Equal(6_999, outcomes.Count(outcome => outcome.Kind == WriteOutcomeKind.Stored));
        Assert.Equal("7000", store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Among_thousands_of_duplicates_each_conflict_each_new_key_and_each_other_source_is_told(bool infile)
    {
        await using AuroraInfileStore store = new();
        await using AuroraSink sink = store.Open(options => options.UseLocalInfile = infile);
        await sink.WriteAsync([.. Enumerable.Range(0, 2_400).Select(i => Some.Record($"{i}", source: i == 77 ? "may.csv" : "june.csv"))], Cancellation);
        BillingRecord[] again = [.. Enumerable.Range(0, 2_400).Select(i => Some.Record($"{i}", content: i == 1_200 ? "other" : null, source: "july.csv"))];
        IReadOnlyList<WriteOutcome> outcomes = [];
        for (int round = 0; round < 3; round++)
        {
            // One more is new each time.
            outcomes = await sink.WriteAsync([.. again, Some.Record($"{10_000 + round}", source: "july.csv")], Cancellation);
            Assert.Equal(WriteOutcomeKind.Stored, outcomes[2_400].Kind);
        }

        for (int i = 0; i < 2_400; i++)
        {
            Assert.Equal(i == 1_200 ? WriteOutcomeKind.Conflict : WriteOutcomeKind.Duplicate, outcomes[i].Kind);
            Assert.Equal(i == 77 ? "may.csv" : "june.csv", outcomes[i].StoredSource);
        }

        Assert.Equal("2403", store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Fact]
    public async Task The_same_stored_key_many_times_in_one_batch_is_a_duplicate_each_time()
    {
        await using AuroraInfileStore store = new();
        await using AuroraSink sink = store.Open();
        await sink.WriteAsync([Some.Record("1")], Cancellation);
        for (int round = 0; round < 2; round++)
        {
            // More than go into one statement.
            IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync([.. Enumerable.Range(0, 1_201).Select(_ => Some.Record("1"))], Cancellation);
            Assert.All(outcomes, outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        }

        Assert.Equal("1", store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Fact]
    public async Task Of_duplicates_with_the_same_content_from_two_sources_each_names_its_own()
    {
        await using AuroraInfileStore store = new();
        await using AuroraSink first = store.Open();
        string[] names = [.. Enumerable.Range(0, 1_600).Select(i => $"{i}").OrderBy(Some.Key)];

        // The last key alone came from elsewhere: all those before it lead to the question by hash.
        await first.WriteAsync([.. names.Select((name, i) => Some.Record(name, source: i == names.Length - 1 ? "may.csv" : "june.csv"))], Cancellation);
        await using AuroraSink sink = store.Open();
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync([.. names.Select(name => Some.Record(name, source: "july.csv"))], Cancellation);
        Assert.All(outcomes.SkipLast(1), outcome => Assert.Equal(WriteOutcome.Duplicate("june.csv"), outcome));
        Assert.Equal(WriteOutcome.Duplicate("may.csv"), outcomes[^1]);
    }
}
