namespace Billing.Sinks.Conformance;

/// <summary>Writes to a sink as runs do: what the suites of sinks and of stores share.</summary>
internal static class Writing
{
    /// <summary>The number of records in a batch of <see cref="RunAsync"/>.</summary>
    public const int BatchSize = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Writes one batch after another, as a run does.</summary>
    /// <returns>Whether it reached the end.</returns>
    public static async Task<bool> RunAsync(IBillingSink sink, BillingRecord[] records, KillSwitch killing)
    {
        foreach (BillingRecord[] batch in records.Chunk(BatchSize))
        {
            IReadOnlyList<WriteOutcome> outcomes;
            try
            {
                outcomes = await sink.WriteAsync(new KillingList(batch, killing), Cancellation);
            }
            catch (Exception) when (killing.Pulled)
            {
                return false;
            }

            Assert.False(killing.Pulled, "The sink was killed while it wrote, but acknowledged the batch.");
            Assert.Equal(batch.Length, outcomes.Count);
            Assert.All(outcomes, outcome => Assert.True(outcome.Kind is WriteOutcomeKind.Stored or WriteOutcomeKind.Duplicate, $"{outcome.Kind}: {outcome.Detail}"));
            if (killing.IsPulledBeforeAcknowledging())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lets several writers write the same records at once, each over a sink of its own, and checks that each record was stored once by somebody.</summary>
    /// <returns>The number of records.</returns>
    public static async Task<int> AtOnceAsync(Func<IBillingSink> connect, int writers, int batches)
    {
        const int size = 50;
        WriteOutcomeKind[][] outcomes = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            async () =>
            {
                IBillingSink sink = connect();
                List<WriteOutcomeKind> kinds = [];
                for (int batch = 0; batch < batches; batch++)
                {
                    // Each writer starts elsewhere, so that they meet in the middle of each other's batches.
                    int first = (batch + (writer * batches / writers)) % batches * size;
                    IReadOnlyList<WriteOutcome> written = await sink.WriteAsync([.. Enumerable.Range(first, size).Select(i => Some.Record($"{i}", source: $"writer-{writer}.csv", runId: $"run-{writer}"))], Cancellation);
                    kinds.AddRange(written.Select(outcome => outcome.Kind));
                }

                return kinds.ToArray();
            },
            Cancellation)));

        Assert.Equal(batches * size, outcomes.Sum(kinds => kinds.Count(kind => kind == WriteOutcomeKind.Stored)));
        Assert.Equal((writers - 1) * batches * size, outcomes.Sum(kinds => kinds.Count(kind => kind == WriteOutcomeKind.Duplicate)));
        return batches * size;
    }
}
