namespace Billing.Console.Explanations;

/// <summary>Finds what became of records after they were stored.</summary>
internal static class RecordLife
{
    /// <summary>The changes of a key, in order.</summary>
    public static async Task<IReadOnlyList<RecordEvent>> LoadAsync(IBillingStore store, RecordKey key, CancellationToken cancellationToken)
    {
        List<RecordEvent> life = [];
        await foreach (RecordChange change in store.GetChangesAsync(key, cancellationToken))
        {
            LedgerEntry? entry = await store.FindEntryAsync(change.EntryId, cancellationToken);
            life.Add(new RecordEvent(change, entry, entry is null ? await store.FindRunAsync(change.EntryId, cancellationToken) : null));
        }

        return life;
    }

    /// <summary>What left the store under a key, or null if the last change did not take it out.</summary>
    public static async Task<Explanation?> GoneAsync(IBillingStore store, RecordKey key, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordEvent> life = await LoadAsync(store, key, cancellationToken);
        return life is [.., { Change: { To: null, From: { } last } } left] ? Of(last, left, life) : null;
    }

    /// <summary>The keys of the records that were of a line before something changed them. Looks at every change that the store keeps.</summary>
    public static async Task<IReadOnlyCollection<RecordKey>> KeysAsync(IBillingStore store, Func<RecordSource, bool> isOfLine, CancellationToken cancellationToken)
    {
        HashSet<RecordKey> keys = [];
        await foreach (RecordChange change in store.GetChangesAsync(id: null, cancellationToken))
        {
            if (change.From is { } from && isOfLine(from.Source))
            {
                keys.Add(change.Key);
            }
        }

        return keys;
    }

    private static Explanation Of(BillingRecord record, RecordEvent left, IReadOnlyList<RecordEvent> life) => new()
    {
        Outcome = Outcome.TakenOut,
        Sentence = left.IsRemoval
            ? $"Removed on purpose: {left.Entry!.Reason?.TrimEnd('.')}. It is not stored again when it is delivered again. To put it back: billing revert {left.Entry.Id}"
            : left.Entry is { } entry
                ? $"Not in the store any more: {Reports.EntryText.Of(entry)} took it out. Ingest its source again to store it again."
                : $"Not in the store any more: run {left.Change.EntryId}{(left.Run is { } run ? $" of {run.Source}" : "")} replaced what was stored, and does not have it.",
        Source = record.Source,
        Record = record,
        CanonicalForm = BillingPipeline.Trace(record).CanonicalForm,
        Life = life,
    };
}
