using System.Runtime.CompilerServices;

namespace Billing.Amendments;

/// <summary>
/// Brings back what a delivery replaced, when its run is taken back. Where a later delivery of the same scope and period is there, what it does not hold stays out:
/// it is noted as replaced by that one, and comes back with it.
/// </summary>
internal sealed class ReplacedRecords(
    IAmendableStore store, IngestReport run, string entryId, OtherDeliveries deliveries, Adoptions adoptions, Func<BillingRecord?, BillingRecord?, CancellationToken, ValueTask> change)
{
    // What a run would have replaced if another one had not done so before. Documents of changes stay as they are: seals cover them.
    public const string Kind = "replaced";

    // Who delivered them too is looked up once for so many records.
    private const int AtOnce = 2_000;

    /// <summary>What a run replaced under a key, as it would be without the runs that were taken back since; or null.</summary>
    public static async ValueTask<RecordChange?> FindAsync(IAmendableStore store, string runId, RecordKey key, CancellationToken cancellationToken)
    {
        string id = ChangeDocuments.IdOf(runId, key);
        LedgerDocument? document = await store.FindDocumentAsync(Kind, id, cancellationToken).ConfigureAwait(false)
            ?? await store.FindDocumentAsync(ChangeDocuments.Kind, id, cancellationToken).ConfigureAwait(false);
        return document is null || document.Body.IsEmpty ? null : ChangeDocuments.Read(document);
    }

    /// <summary>Finds out whether what comes back can be made as the runs that it goes to would have made it. Changes nothing.</summary>
    /// <exception cref="BillingException">It cannot.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        await foreach (RecordChange replaced in ReplacedAsync(cancellationToken).ConfigureAwait(false))
        {
            _ = await OwnedAsync(replaced.From!, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        List<RecordChange> some = [];
        await foreach (RecordChange replaced in ReplacedAsync(cancellationToken).ConfigureAwait(false))
        {
            some.Add(replaced);
            if (some.Count == AtOnce)
            {
                await RestoreAsync(some, cancellationToken).ConfigureAwait(false);
                some.Clear();
            }
        }

        await RestoreAsync(some, cancellationToken).ConfigureAwait(false);
    }

    // What the run replaced, as it would be without the runs that were taken back before it.
    private async IAsyncEnumerable<RecordChange> ReplacedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<RecordKey> noted = [];
        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = Kind, IdPrefix = run.RunId + "/" }, cancellationToken).ConfigureAwait(false))
        {
            // An empty one: it would have replaced nothing.
            noted.Add(RecordKey.Parse(document.Id[(document.Id.LastIndexOf('/') + 1)..]));
            if (!document.Body.IsEmpty)
            {
                yield return ChangeDocuments.Read(document);
            }
        }

        await foreach (RecordChange replaced in ChangeDocuments.AllAsync(store, run.RunId, cancellationToken).ConfigureAwait(false))
        {
            if (replaced.From is not null && !noted.Contains(replaced.Key))
            {
                yield return replaced;
            }
        }
    }

    private async ValueTask RestoreAsync(List<RecordChange> replaced, CancellationToken cancellationToken)
    {
        if (replaced.Count > 0)
        {
            await deliveries.PrepareAsync(replaced.SelectMany(change => new[] { change.From, change.To }).OfType<BillingRecord>(), cancellationToken).ConfigureAwait(false);
            foreach (RecordChange one in replaced)
            {
                await RestoreAsync(one.From!, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask RestoreAsync(BillingRecord before, CancellationToken cancellationToken)
    {
        // An entry that was interrupted has done it before.
        bool isDone = await store.FindDocumentAsync(ChangeDocuments.Kind, ChangeDocuments.IdOf(entryId, before.Key), cancellationToken).ConfigureAwait(false) is not null;
        if (isDone || await OwnedAsync(before, cancellationToken).ConfigureAwait(false) is not { } owned)
        {
            return;
        }

        BillingRecord? now = await store.FindAsync(before.Key, cancellationToken).ConfigureAwait(false);
        RecordChange? next = await NextChangeAsync(before.Key, cancellationToken).ConfigureAwait(false);
        if ((next is null ? now : next.From) is not { } came)
        {
            // It never came again. A later delivery of its scope and period does not hold it.
            await PutBackAsync(CoveringUntil(before, null)?.RunId, owned, now, null, cancellationToken).ConfigureAwait(false);
        }
        else if (came.RunId == run.RunId)
        {
            // Another delivery that holds it too would have replaced the earlier one.
            if (await deliveries.FindAsync(came, cancellationToken).ConfigureAwait(false) is { } other)
            {
                BillingRecord held = await adoptions.GiveAsync(came, other.Run, other.Source, null, cancellationToken).ConfigureAwait(false);
                await NoteReplacedAsync(other.Run.RunId, owned, held, cancellationToken).ConfigureAwait(false);
                owned = held;
            }

            // A later delivery that changed it back to what it was would have found it there.
            while (next?.To is { } back && back.Fingerprint == owned.Fingerprint)
            {
                await NoteDeliveredAsync(back, cancellationToken).ConfigureAwait(false);
                await store.PutDocumentAsync(new LedgerDocument(Kind, ChangeDocuments.IdOf(next.EntryId, back.Key), default), cancellationToken).ConfigureAwait(false);
                next = await NextChangeAsync(back.Key, cancellationToken).ConfigureAwait(false);
            }

            await PutBackAsync(next?.EntryId, owned, now, next?.To, cancellationToken).ConfigureAwait(false);
        }
        else if (CoveringUntil(before, came.RunId) is { } between)
        {
            await NoteReplacedAsync(between.RunId, owned, null, cancellationToken).ConfigureAwait(false);
        }
        else if (string.CompareOrdinal(owned.RunId, came.RunId) < 0)
        {
            await MeetAsync(owned, came, next, cancellationToken).ConfigureAwait(false);
        }
    }

    // What came again later would have found the earlier record there.
    private async ValueTask MeetAsync(BillingRecord owned, BillingRecord came, RecordChange? next, CancellationToken cancellationToken)
    {
        if (came.Fingerprint == owned.Fingerprint)
        {
            await NoteDeliveredAsync(came, cancellationToken).ConfigureAwait(false);
            await PutBackAsync(next?.EntryId, owned, came, next?.To, cancellationToken).ConfigureAwait(false);
        }
        else if (deliveries.Replacing.Any(other => other.RunId == came.RunId))
        {
            await NoteReplacedAsync(came.RunId, owned, came, cancellationToken).ConfigureAwait(false);
        }
    }

    // The first delivery after this run that is the whole of the record's scope and period, and began before the record came again.
    private IngestReport? CoveringUntil(BillingRecord before, string? cameAgain) => Later.FirstOrDefault(other =>
        other.Status == RunStatus.Completed && other.Delivery!.Covers(before.Scope, before.Date) && (cameAgain is null || string.CompareOrdinal(other.RunId, cameAgain) < 0));

    private IEnumerable<IngestReport> Later => deliveries.Replacing.Where(other => string.CompareOrdinal(other.RunId, run.RunId) > 0);

    private async ValueTask<RecordChange?> NextChangeAsync(RecordKey key, CancellationToken cancellationToken)
    {
        foreach (IngestReport other in Later)
        {
            if (await FindAsync(store, other.RunId, key, cancellationToken).ConfigureAwait(false) is { From: not null } change)
            {
                return change;
            }
        }

        return null;
    }

    // Into the ledger; or, where another run replaced it since, to what that one replaced.
    private ValueTask PutBackAsync(string? replacedBy, BillingRecord owned, BillingRecord? now, BillingRecord? by, CancellationToken cancellationToken) =>
        replacedBy is null ? change(now, owned, cancellationToken) : NoteReplacedAsync(replacedBy, owned, by, cancellationToken);

    private ValueTask NoteReplacedAsync(string runId, BillingRecord from, BillingRecord? to, CancellationToken cancellationToken)
    {
        LedgerDocument change = ChangeDocuments.Amend(runId, from, to).Document;
        return store.PutDocumentAsync(new LedgerDocument(Kind, change.Id, change.Body), cancellationToken);
    }

    // The record goes to the run that brought it first; that this one delivered it too must not be forgotten.
    private async ValueTask NoteDeliveredAsync(BillingRecord now, CancellationToken cancellationToken)
    {
        DeliveredRows rows = new([store], $"{now.RunId}/{entryId}/{now.Key}");
        await rows.AddDuplicateAsync(now.Key, now.Fingerprint, now.Source, cancellationToken).ConfigureAwait(false);
        await rows.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<BillingRecord?> OwnedAsync(BillingRecord before, CancellationToken cancellationToken)
    {
        if (deliveries.Has(before.RunId))
        {
            return before;
        }

        // Who delivered it only later has it where it is now.
        return await deliveries.FindAsync(before, cancellationToken).ConfigureAwait(false) is { } other && string.CompareOrdinal(other.Run.RunId, run.RunId) < 0
            ? await adoptions.GiveAsync(before, other.Run, other.Source, null, cancellationToken).ConfigureAwait(false)
            : null;
    }
}
