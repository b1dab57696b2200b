using Billing.Amendments;
using Billing.Settlement;

namespace Billing;

/// <summary>
/// Takes back a run, or an entry such as a restatement: the ledger becomes what it would be without it. What another run delivered too stays, as that run's. What was taken back is
/// kept (<see cref="BillingStoreExtensions.GetChangesAsync(IBillingStore, string?, CancellationToken)"/>), and the source can be ingested again.
/// </summary>
public sealed class LedgerReversal
{
    private readonly IAmendableStore _store;
    private readonly TimeProvider _time;

    /// <summary>Creates a reversal.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="timeProvider">The clock, or null for that of the machine.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public LedgerReversal(IBillingStore store, TimeProvider? timeProvider = null)
    {
        _store = AmendableStores.Demand(store, "Nothing can be taken back");
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Whether a run that is listed as running may be taken back: one that was interrupted. Default false. Make sure that it does not run any more.</summary>
    public bool IncludeInterrupted { get; init; }

    /// <summary>Why, in the words of the person who takes it back; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Takes a run or an entry back. Replays of its rows are taken back with it. Interrupted and called again, it goes on where it was.</summary>
    /// <param name="id">The id of the run or the entry.</param>
    /// <param name="cancellationToken">Cancels the reversal; what is done stays done, and the rest can be done later.</param>
    /// <returns>The entries, the one of <paramref name="id"/> last.</returns>
    /// <exception cref="BillingException">There is none with the id; it was taken back before; it still runs; or a record was changed since by another entry, which must be taken back first.</exception>
    public Task<IReadOnlyList<LedgerEntry>> RunAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return RunAsync(id, TimeOrderedIds.Next(_time.GetUtcNow()), cancellationToken);
    }

    /// <summary>The same under an id that the sinks of a pipeline share.</summary>
    internal async Task<IReadOnlyList<LedgerEntry>> RunAsync(string id, string entryId, CancellationToken cancellationToken)
    {
        if (await _store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) is { } run)
        {
            return await RevertAsync(run, entryId, cancellationToken).ConfigureAwait(false);
        }

        LedgerEntry entry = await EntryDocuments.FindAsync(_store, id, cancellationToken).ConfigureAwait(false)
            ?? throw new BillingException($"{_store.Name} has no run and no entry with the id {id}. billing runs lists the runs, and billing entries the entries.");
        return [await RevertAsync(entry, entryId, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>The store.</summary>
    public override string ToString() => $"reversal in {_store.Name}";

    private async Task<IReadOnlyList<LedgerEntry>> RevertAsync(IngestReport run, string entryId, CancellationToken cancellationToken)
    {
        Check(run);
        await Migrations.DemandNoneSinceAsync(_store, run.RunId, cancellationToken).ConfigureAwait(false);
        if (run.Superseded.Rows > 0)
        {
            await DemandLastAsync(run.RunId, $"run {run.RunId}, which replaced records", cancellationToken).ConfigureAwait(false);
        }

        List<IngestReport> replays = [];
        await foreach (IngestReport other in _store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (other.ReplayOf == run.RunId && other.RevertedBy is null)
            {
                Check(other);
                replays.Add(other);
            }
        }

        // All are looked at before the first is changed.
        foreach (IngestReport one in replays.Append(run))
        {
            RunReversal tried = await RunReversal.LoadAsync(_store, one, entryId, [run.RunId, .. replays.Select(replay => replay.RunId)], cancellationToken).ConfigureAwait(false);
            await tried.CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        List<LedgerEntry> entries = [];
        foreach (IngestReport replay in replays)
        {
            entries.AddRange(await RevertAsync(replay, TimeOrderedIds.Next(_time.GetUtcNow()), cancellationToken).ConfigureAwait(false));
        }

        LedgerEntry entry = await BeginAsync(run.RunId, entries.Count == 0 ? entryId : TimeOrderedIds.Next(_time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        RunReversal reversal = await RunReversal.LoadAsync(_store, run, entry.Id, [run.RunId], cancellationToken).ConfigureAwait(false);
        EntryTally tally = await reversal.RunAsync(cancellationToken).ConfigureAwait(false);
        if (await PendingReader.AnyAsync(_store, cancellationToken).ConfigureAwait(false))
        {
            // Pending rows whose posted record left are pending again.
            await new PendingSync([_store]) { Except = run.RunId }.RunAsync(reach: null, cancellationToken).ConfigureAwait(false);
        }

        await _store.WriteRunAsync(run with { RevertedBy = entry.Id }, cancellationToken).ConfigureAwait(false);
        entries.Add(await EndAsync(entry, tally, cancellationToken).ConfigureAwait(false));
        return entries;
    }

    private async Task<LedgerEntry> RevertAsync(LedgerEntry of, string entryId, CancellationToken cancellationToken)
    {
        if (of.RevertedBy is { } by)
        {
            throw new BillingException($"The {of} was taken back before, by entry {by}.");
        }

        if (of.Kind is LedgerEntryKind.Revert or LedgerEntryKind.Erasure or LedgerEntryKind.Closing)
        {
            throw new BillingException(of.Kind == LedgerEntryKind.Closing
                ? $"The {of} cannot be taken back: what was closed stays. Correct the records, and close the month again: what changed becomes its next restatement."
                : of.Kind == LedgerEntryKind.Revert
                ? $"The {of} takes something back and cannot be taken back itself. Ingest the source again: it is stored again."
                : $"The {of} cannot be taken back: the text is gone.");
        }

        if (of.IsRevision || of.Kind == LedgerEntryKind.Removal)
        {
            await DemandLastAsync(of.Id, $"entry {of.Id} ({of.Kind})", cancellationToken).ConfigureAwait(false);
        }

        LedgerEntry entry = await BeginAsync(of.Id, entryId, cancellationToken).ConfigureAwait(false);
        EntryTally tally = await new EntryReversal(_store, of, entry.Id).RunAsync(cancellationToken).ConfigureAwait(false);
        await _store.PutDocumentAsync(EntryDocuments.Write(of with { RevertedBy = entry.Id }), cancellationToken).ConfigureAwait(false);
        return await EndAsync(entry, tally, cancellationToken).ConfigureAwait(false);
    }

    // A later one may have left a record as it was only because of this one, and has not seen the records that come back.
    private async ValueTask DemandLastAsync(string id, string what, CancellationToken cancellationToken)
    {
        await foreach (LedgerEntry later in EntryDocuments.AllAsync(_store, cancellationToken).ConfigureAwait(false))
        {
            if (later.IsRevision && later.RevertedBy is null && string.CompareOrdinal(later.Id, id) > 0)
            {
                throw new BillingException($"Entry {later.Id} ({later.Kind}) came after {what}, and may have left records as they are because of it, or not have seen records that come back. Take the later one back first: billing revert {later.Id}. Make it again afterwards.");
            }
        }
    }

    private void Check(IngestReport run)
    {
        if (run.RevertedBy is { } by)
        {
            throw new BillingException($"Run {run.RunId} of {run.Source} was taken back before, by entry {by}.");
        }

        if (run.Status == RunStatus.Running && !IncludeInterrupted)
        {
            throw new BillingException($"Run {run.RunId} of {run.Source} is listed as running. Wait until it has ended. If it was interrupted, say so: {nameof(IncludeInterrupted)}, or billing revert --interrupted.");
        }
    }

    // One that was interrupted goes on under its own id.
    private async ValueTask<LedgerEntry> BeginAsync(string of, string entryId, CancellationToken cancellationToken)
    {
        await foreach (LedgerEntry open in EntryDocuments.AllAsync(_store, cancellationToken).ConfigureAwait(false))
        {
            if (open.Of == of && open.EndedAt is null)
            {
                return open;
            }
        }

        LedgerEntry entry = new() { Id = entryId, Kind = LedgerEntryKind.Revert, Of = of, Reason = Reason, StartedAt = _time.GetUtcNow() };
        await _store.PutDocumentAsync(EntryDocuments.Write(entry), cancellationToken).ConfigureAwait(false);
        return entry;
    }

    private async ValueTask<LedgerEntry> EndAsync(LedgerEntry entry, EntryTally tally, CancellationToken cancellationToken)
    {
        LedgerEntry ended = tally.On(entry) with { EndedAt = _time.GetUtcNow() };
        await _store.PutDocumentAsync(EntryDocuments.Write(ended), cancellationToken).ConfigureAwait(false);
        await SealedChanges.SealAsync(_store, ended, tally, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return ended;
    }
}
