namespace Billing.Runs;

/// <summary>Rows of records that a person removed on purpose. They are known, and are not stored again.</summary>
internal sealed class RemovedRows(IReadOnlySet<RecordKey> removed)
{
    /// <summary>The outcome of such a row: a duplicate of a record that was removed.</summary>
    public static WriteOutcome Outcome { get; } = new(WriteOutcomeKind.Duplicate, "A person removed the record on purpose. It stays removed.");

    /// <summary>Writes the records that were not removed.</summary>
    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(
        BatchRecords records, IReadOnlyList<PendingRecord> pending, Func<IReadOnlyList<BillingRecord>, ValueTask<IReadOnlyList<WriteOutcome>>> write)
    {
        if (removed.Count == 0 || !pending.Any(record => removed.Contains(record.Key)))
        {
            return await write(records).ConfigureAwait(false);
        }

        int[] others = [.. Enumerable.Range(0, pending.Count).Where(i => !removed.Contains(pending[i].Key))];
        IReadOnlyList<WriteOutcome> written = others.Length == 0 ? [] : await write([.. others.Select(i => records[i])]).ConfigureAwait(false);
        WriteOutcome[] outcomes = new WriteOutcome[pending.Count];
        Array.Fill(outcomes, Outcome);
        for (int i = 0; i < others.Length; i++)
        {
            outcomes[others[i]] = written[i];
        }

        return outcomes;
    }
}
