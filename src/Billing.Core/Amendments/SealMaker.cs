namespace Billing.Amendments;

/// <summary>Seals the runs and entries that have ended and are not sealed, in the order of their ids.</summary>
internal sealed class SealMaker(IAmendableStore store, TimeProvider time)
{
    // So many are read one by one; of more, all records of the store are read once.
    private const int MostOneByOne = 100;

    public async ValueTask<IReadOnlyList<LedgerSeal>> RunAsync(CancellationToken cancellationToken)
    {
        _ = await ClosingDocuments.CompleteAsync(store, month: null, cancellationToken).ConfigureAwait(false);
        HashSet<string> done = new(StringComparer.Ordinal);
        await foreach (LedgerDocument document in SealDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            done.Add(SealDocuments.Read(document).Of);
        }

        SortedDictionary<string, LedgerSealKind> open = new(StringComparer.Ordinal);
        long records = 0;
        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            records += run.Stored.Rows;
            if (HasEnded(run) && !done.Contains(run.RunId))
            {
                open.Add(run.RunId, LedgerSealKind.Run);
            }
        }

        await foreach (LedgerEntry entry in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            if (entry.EndedAt is not null && !done.Contains(entry.Id))
            {
                open.Add(entry.Id, LedgerSealKind.Entry);
            }
        }

        if (open.Count == 0)
        {
            return [];
        }

        List<LedgerSeal> seals = new(open.Count);
        SealTip tip = new();
        SealReading reading = await SealReading.BeginAsync(store, open.Count <= MostOneByOne ? null : records, cancellationToken).ConfigureAwait(false);
        foreach ((string id, LedgerSealKind kind) in open)
        {
            (LedgerSeal seal, SealMarks? marks) = await SealOfAsync(id, kind, reading, cancellationToken).ConfigureAwait(false);
            seals.Add(await SealWriter.AddAsync(store, seal, marks, tip, cancellationToken).ConfigureAwait(false)
                ?? throw new BillingException($"{store.Name}: other runs took the number of every seal that was tried, and {id} is not sealed yet. Seal again."));
        }

        return seals;
    }

    /// <summary>Computes all seals again where they cover something else by now: a migration gave records other keys. Earlier heads do not lead to them.</summary>
    public async ValueTask RenewAsync(CancellationToken cancellationToken)
    {
        if (await SealDocuments.FindAsync(store, 1, cancellationToken).ConfigureAwait(false) is null)
        {
            return;
        }

        long records = 0;
        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            records += run.Stored.Rows;
        }

        LedgerSeal? last = null;
        SealReading reading = await SealReading.BeginAsync(store, records, cancellationToken).ConfigureAwait(false);
        await foreach (LedgerDocument document in SealDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            LedgerSeal was = SealDocuments.Read(document);
            (LedgerSeal seal, SealMarks? marks) = await SealOfAsync(was.Of, was.Kind, reading, cancellationToken).ConfigureAwait(false);
            last = SealWriter.After(last, seal with { SealedAt = was.SealedAt });
            if (last.Hash != was.Hash)
            {
                if (marks is not null)
                {
                    await marks.WriteAsync(store, was.Of, cancellationToken).ConfigureAwait(false);
                }

                await store.PutDocumentAsync(SealDocuments.Write(last, marks), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a run stores nothing more. One that was interrupted has ended once it was taken back.</summary>
    public static bool HasEnded(IngestReport run) => run.Status != RunStatus.Running || run.RevertedBy is not null;

    private async ValueTask<(LedgerSeal Seal, SealMarks? Marks)> SealOfAsync(string id, LedgerSealKind kind, SealReading reading, CancellationToken cancellationToken)
    {
        if (kind == LedgerSealKind.Run)
        {
            IngestReport run = await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Gone(id);
            SealedContent content = await reading.ContentOfRunAsync(id, cancellationToken).ConfigureAwait(false);
            return (SealWriter.Of(run, content, time.GetUtcNow()), content.Marks);
        }

        LedgerEntry entry = await EntryDocuments.FindAsync(store, id, cancellationToken).ConfigureAwait(false) ?? throw Gone(id);
        return (SealWriter.Of(entry, reading.ContentOfEntry(id), time.GetUtcNow()), null);
    }

    private BillingException Gone(string id) => new($"{store.Name} no longer has {id}, which it listed a moment ago.");
}
