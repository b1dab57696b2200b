using Billing.Amendments;

namespace Billing.Erasures;

/// <summary>
/// Erases a name from a ledger. What stands for each erased text is listed in a document before the text goes: killed in between, nothing is gone that the list does not have.
/// </summary>
internal sealed class ErasureRun(IAmendableStore store, TimeProvider time, string reason, PartyText party, IReadOnlyCollection<string> keep, bool isDryRun)
{
    private const int AtOnce = 500;
    private const int MostPasses = 5;

    private readonly TextEraser _eraser = new(party, keep);
    private readonly SealDigests _digests = new();
    private readonly EntryTally _tally = new();
    private readonly SortedDictionary<string, long> _fields = new(StringComparer.Ordinal);
    private LedgerEntry? _entry;
    private int _lists;
    private long _records;
    private long _changes;
    private long _quarantined;
    private long _closed;

    public async Task<LedgerErasureReport> RunAsync(CancellationToken cancellationToken)
    {
        if (!isDryRun)
        {
            await EndInterruptedAsync(cancellationToken).ConfigureAwait(false);
        }

        // What was there first, last: a record that is changed meanwhile leaves what it was in a change.
        long before;
        int passes = 0;
        do
        {
            if (++passes > MostPasses)
            {
                throw new BillingException($"Another program keeps writing the text that is to be erased to {store.Name}. What was erased is listed; stop that program, then erase again.");
            }

            before = _records + _changes + _quarantined;
            await EraseRecordsAsync(cancellationToken).ConfigureAwait(false);
            await EraseChangesAsync(ChangeDocuments.Kind, cancellationToken).ConfigureAwait(false);
            await EraseChangesAsync(ReplacedRecords.Kind, cancellationToken).ConfigureAwait(false);
            await EraseQuarantineAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!isDryRun && before != _records + _changes + _quarantined);

        LedgerEntry? entry = _entry is null ? null : await EndAsync(_entry, _tally, cancellationToken).ConfigureAwait(false);
        return new LedgerErasureReport
        {
            Entry = entry,
            Records = _records,
            Changes = _changes,
            Quarantined = _quarantined,
            Closed = _closed,
            Fields = _fields,
            Remaining = await new RemainingText(store, party).FindAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    private async ValueTask EraseRecordsAsync(CancellationToken cancellationToken)
    {
        List<RecordKey> some = [];
        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery(), cancellationToken).ConfigureAwait(false))
        {
            if (_eraser.FieldsOf(record).Count > 0)
            {
                some.Add(record.Key);
                if (some.Count == AtOnce)
                {
                    await EraseAsync(some, cancellationToken).ConfigureAwait(false);
                    some.Clear();
                }
            }
        }

        await EraseAsync(some, cancellationToken).ConfigureAwait(false);
    }

    // A listing may lag: each record is read again by its key.
    private async ValueTask EraseAsync(List<RecordKey> keys, CancellationToken cancellationToken)
    {
        List<(BillingRecord Was, BillingRecord Is, IReadOnlyList<string> Fields)> erased = [];
        foreach (BillingRecord record in (await store.FindAllAsync(keys, cancellationToken).ConfigureAwait(false)).OfType<BillingRecord>())
        {
            if (_eraser.FieldsOf(record) is { Count: > 0 } fields)
            {
                erased.Add((record, TextEraser.Erase(record, fields), fields));
            }
        }

        _records += erased.Count;
        if (!await ListAsync([.. erased.Select(one => Item(one.Was, one.Is, one.Fields)!)], cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach ((BillingRecord was, BillingRecord becomes, _) in erased)
        {
            _tally.Add(was, becomes);
        }

        await store.AmendAsync([.. erased.Select(one => new RecordAmendment(one.Was, one.Is, ChangeDocuments.Erase(_entry!.Id, one.Is)))], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask EraseChangesAsync(string kind, CancellationToken cancellationToken)
    {
        List<(LedgerDocument Is, IReadOnlyList<ErasedItem> Items)> some = [];
        await foreach (LedgerDocument listed in Documents.AllAsync(store, new DocumentQuery { Kind = kind }, cancellationToken).ConfigureAwait(false))
        {
            if (Erase(listed) is not null && await store.FindDocumentAsync(kind, listed.Id, cancellationToken).ConfigureAwait(false) is { } document && Erase(document) is { } erased)
            {
                some.Add(erased);
                if (some.Count == AtOnce)
                {
                    await PutAsync(some, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await PutAsync(some, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PutAsync(List<(LedgerDocument Is, IReadOnlyList<ErasedItem> Items)> some, CancellationToken cancellationToken)
    {
        _changes += some.Count;
        if (await ListAsync([.. some.SelectMany(one => one.Items)], cancellationToken).ConfigureAwait(false))
        {
            foreach ((LedgerDocument document, _) in some)
            {
                await store.PutDocumentAsync(document, cancellationToken).ConfigureAwait(false);
            }
        }

        some.Clear();
    }

    private (LedgerDocument Is, IReadOnlyList<ErasedItem> Items)? Erase(LedgerDocument document)
    {
        // An empty one says that nothing would have been replaced.
        if (document.Body.IsEmpty)
        {
            return null;
        }

        RecordChange change = ChangeDocuments.Read(document);
        IReadOnlyList<string> ofFrom = change.From is null ? [] : _eraser.FieldsOf(change.From);
        IReadOnlyList<string> ofTo = change.To is null ? [] : _eraser.FieldsOf(change.To);
        if (ofFrom.Count + ofTo.Count == 0)
        {
            return null;
        }

        BillingRecord? from = change.From is null ? null : TextEraser.Erase(change.From, ofFrom);
        BillingRecord? to = change.To is null ? null : TextEraser.Erase(change.To, ofTo);
        LedgerDocument becomes = ChangeDocuments.IsErasure(document) ? ChangeDocuments.Erase(change.EntryId, to!) : ChangeDocuments.Amend(change.EntryId, from, to).Document;
        becomes = new LedgerDocument(document.Kind, document.Id, becomes.Body);
        ErasedItem? itself = document.Kind == ChangeDocuments.Kind
            ? new ErasedItem(ErasedPart.Change, document.Id, _digests.Of(document), _digests.Of(becomes), [.. ofFrom.Union(ofTo, StringComparer.Ordinal)])
            : null;
        return (becomes, [.. ((ErasedItem?[])[itself, Item(change.From, from, ofFrom), Item(change.To, to, ofTo)]).OfType<ErasedItem>()]);
    }

    private async ValueTask EraseQuarantineAsync(CancellationToken cancellationToken)
    {
        List<(QuarantinedRecord Was, QuarantinedRecord Is)> some = [];
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }, cancellationToken).ConfigureAwait(false))
        {
            if (_eraser.Erase(row, "") is not null)
            {
                // A listing may lag.
                Page<QuarantinedRecord> page = await store.GetQuarantineAsync(new QuarantineQuery { Key = row.Key, IncludeResolved = true }, cancellationToken).ConfigureAwait(false);
                if (page.Items is [{ } now] && _eraser.Erase(now, "") is not null)
                {
                    some.Add((now, _eraser.Erase(now, await EntryIdAsync(cancellationToken).ConfigureAwait(false))!));
                }
            }

            if (some.Count == AtOnce)
            {
                await ReplaceAsync(some, cancellationToken).ConfigureAwait(false);
            }
        }

        await ReplaceAsync(some, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReplaceAsync(List<(QuarantinedRecord Was, QuarantinedRecord Is)> some, CancellationToken cancellationToken)
    {
        _quarantined += some.Count;
        _closed += some.Count(row => row.Was.IsOpen);
        if (await ListAsync([.. some.Select(row => new ErasedItem(ErasedPart.Quarantined, row.Was.Key.ToString(), _digests.Of(row.Was), _digests.Of(row.Is), ["raw"]))], cancellationToken).ConfigureAwait(false))
        {
            await store.ReplaceQuarantineAsync([.. some.Select(row => row.Is)], cancellationToken).ConfigureAwait(false);
        }

        some.Clear();
    }

    private ErasedItem? Item(BillingRecord? was, BillingRecord? becomes, IReadOnlyList<string> fields) =>
        fields.Count == 0 ? null : new ErasedItem(ErasedPart.Record, was!.Key.ToString(), _digests.Of(was), _digests.Of(becomes!), fields);

    // Before anything of it is erased.
    private async ValueTask<bool> ListAsync(IReadOnlyList<ErasedItem> items, CancellationToken cancellationToken)
    {
        foreach (string field in items.Where(item => item.Part != ErasedPart.Change).SelectMany(item => item.Fields))
        {
            _fields[field] = _fields.GetValueOrDefault(field) + 1;
        }

        if (items.Count == 0 || isDryRun)
        {
            return false;
        }

        string entryId = await EntryIdAsync(cancellationToken).ConfigureAwait(false);
        foreach (ErasedItem[] chunk in items.Chunk(AtOnce))
        {
            await store.PutDocumentAsync(ErasedDocuments.Write(entryId, _lists++, chunk), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask<string> EntryIdAsync(CancellationToken cancellationToken)
    {
        if (_entry is null)
        {
            DateTimeOffset now = time.GetUtcNow();
            _entry = new LedgerEntry { Id = TimeOrderedIds.Next(now), Kind = LedgerEntryKind.Erasure, Reason = reason, StartedAt = now };
            if (!isDryRun)
            {
                await store.PutDocumentAsync(EntryDocuments.Write(_entry), cancellationToken).ConfigureAwait(false);
            }
        }

        return _entry.Id;
    }

    // Also one that was interrupted between its end and its seal.
    private async ValueTask EndInterruptedAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<string, LedgerEntry> open = new(StringComparer.Ordinal);
        await foreach (LedgerEntry entry in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Kind == LedgerEntryKind.Erasure)
            {
                open.Add(entry.Id, entry);
            }
        }

        if (open.Count == 0)
        {
            return;
        }

        await foreach (LedgerDocument seal in SealDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            _ = open.Remove(SealDocuments.Read(seal).Of);
        }

        foreach (LedgerEntry entry in open.Values)
        {
            EntryTally tally = new();
            await foreach (RecordChange done in ChangeDocuments.AllAsync(store, entry.Id, cancellationToken).ConfigureAwait(false))
            {
                tally.Add(done.From, done.To);
            }

            _ = await EndAsync(entry, tally, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<LedgerEntry?> EndAsync(LedgerEntry entry, EntryTally tally, CancellationToken cancellationToken)
    {
        if (isDryRun)
        {
            return null;
        }

        LedgerEntry ended = entry;
        if (entry.EndedAt is null)
        {
            ended = tally.On(entry) with { EndedAt = time.GetUtcNow() };
            await store.PutDocumentAsync(EntryDocuments.Write(ended), cancellationToken).ConfigureAwait(false);
        }

        await SealedChanges.SealAsync(store, ended, tally, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return ended;
    }
}
