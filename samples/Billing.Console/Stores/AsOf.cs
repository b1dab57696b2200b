namespace Billing.Console.Stores;

/// <summary>The moment that a store is shown of: when a run or an entry had ended.</summary>
/// <param name="Id">The id of the run or the entry.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it is, for people.</param>
/// <param name="At">When it ended, or began if it did not end.</param>
internal sealed record AsOf(string Id, string Kind, string Text, DateTimeOffset At)
{
    /// <summary>Returns what a command shows: a store as it was, or as it is where no id is given.</summary>
    /// <exception cref="BillingException">There is no run and no entry with the id.</exception>
    public static async Task<(IBillingStore Store, AsOf? AsOf)> OpenAsync(IBillingStore store, string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return (store, null);
        }

        if (string.IsNullOrWhiteSpace(id))
        {
            throw new UsageException("--as-of is blank. Name a run (billing runs) or an entry (billing entries).");
        }

        IBillingStore then = await store.AsOfAsync(id, cancellationToken);
        return await store.FindRunAsync(id, cancellationToken) is { } run
            ? (then, new AsOf(id, "run", $"run {id} of {run.Source}", run.StartedAt + run.Elapsed))
            : await store.FindEntryAsync(id, cancellationToken) is { } entry
                ? (then, new AsOf(id, Reports.EntryText.Kind(entry), Reports.EntryText.Of(entry), entry.EndedAt ?? entry.StartedAt))
                : (then, new AsOf(id, "run", $"run {id}", default));
    }
}
