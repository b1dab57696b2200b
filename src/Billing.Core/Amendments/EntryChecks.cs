namespace Billing.Amendments;

/// <summary>Checks that runs and entries say the same of what was taken back, and that every change is of one of them.</summary>
internal sealed class EntryChecks(IReadOnlyDictionary<string, SealedRun> runs, IReadOnlyDictionary<string, LedgerEntry> entries)
{
    public IEnumerable<StoreFault> Check(SealedHistory history)
    {
        foreach ((string id, SealedRun run) in runs)
        {
            if (run.RevertedBy is { } by && !TakesBack(by, id))
            {
                yield return Fault(id, $"Run {id} of {run.Source} counts as taken back by entry {by}, and there is no such entry.");
            }
        }

        foreach (LedgerEntry entry in entries.Values)
        {
            if (entry.RevertedBy is { } by && !TakesBack(by, entry.Id))
            {
                yield return Fault(entry.Id, $"Entry {entry.Id} counts as taken back by entry {by}, and there is no such entry.");
            }

            if (entry is { Kind: LedgerEntryKind.Revert, EndedAt: not null, Of: { } of } && IsThere(of) && RevertedBy(of) != entry.Id)
            {
                yield return Fault(of, $"{of} counts as not taken back, but entry {entry.Id} took it back.");
            }
        }

        foreach (string id in history.EntryIds.Where(id => !IsThere(id)).Order(StringComparer.Ordinal))
        {
            yield return Fault(id, $"Changes were made by {id}, and there is neither an entry nor a run with this id.");
        }

        foreach (string id in history.Unreadable)
        {
            yield return Fault(id[..Math.Max(0, id.LastIndexOf('/'))], $"The change {id} cannot be read any more.");
        }
    }

    private static StoreFault Fault(string id, string detail) => new() { Kind = StoreFaultKind.History, RunId = id, Detail = detail };

    private bool IsThere(string id) => runs.ContainsKey(id) || entries.ContainsKey(id);

    private string? RevertedBy(string id) => runs.TryGetValue(id, out SealedRun? run) ? run.RevertedBy : entries[id].RevertedBy;

    private bool TakesBack(string entryId, string id) => entries.TryGetValue(entryId, out LedgerEntry? entry) && entry.Kind == LedgerEntryKind.Revert && entry.Of == id;
}
