namespace Billing.Amendments;

/// <summary>Adds seals to the end of the chain. Of two that are added at once, each gets its own number.</summary>
internal static class SealWriter
{
    private const int MostTries = 50;

    // Others made so many at once, or very many since: the last one is looked up again.
    private const int MostInARow = 4;

    /// <summary>Adds a seal.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="seal">The seal, without its place.</param>
    /// <param name="marks">What names the records that it covers; null if there are none.</param>
    /// <param name="tip">Where the last seal may be; null to look it up.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The seal; or null if others took every number that was tried, and it was not added.</returns>
    public static async ValueTask<LedgerSeal?> AddAsync(IAmendableStore store, LedgerSeal seal, SealMarks? marks, SealTip? tip, CancellationToken cancellationToken)
    {
        if (marks is not null)
        {
            await marks.WriteAsync(store, seal.Of, cancellationToken).ConfigureAwait(false);
        }

        LedgerSeal? last = await (tip ?? new SealTip()).FindAsync(store, cancellationToken).ConfigureAwait(false);
        for (int i = 1; i <= MostTries; i++)
        {
            LedgerSeal next = After(last, seal);
            if (await store.AddDocumentAsync(SealDocuments.Write(next, marks), cancellationToken).ConfigureAwait(false))
            {
                tip?.Remember(next);
                return next;
            }

            LedgerSeal? taken = await SealDocuments.FindAsync(store, next.Number, cancellationToken).ConfigureAwait(false);
            if (taken?.Hash == next.Hash)
            {
                // The answer to an earlier attempt was lost.
                return next;
            }

            last = i % MostInARow == 0 ? await SealDocuments.FindLastAsync(store, cancellationToken).ConfigureAwait(false) : taken ?? last;
        }

        return null;
    }

    /// <summary>The seal of a run that has ended, without a place in the chain.</summary>
    public static LedgerSeal Of(IngestReport run, SealedContent content, DateTimeOffset now) => Of(run.RunId, LedgerSealKind.Run, SealForms.HashOf(run), content, now);

    /// <summary>The seal of an entry, without a place in the chain.</summary>
    public static LedgerSeal Of(LedgerEntry entry, SealedContent content, DateTimeOffset now) => Of(entry.Id, LedgerSealKind.Entry, SealForms.HashOf(entry), content, now);

    /// <summary>The same seal as the next after another, or as the first.</summary>
    public static LedgerSeal After(LedgerSeal? last, LedgerSeal seal)
    {
        LedgerSeal next = seal with { Number = (last?.Number ?? 0) + 1, Previous = last?.Hash ?? SealDocuments.None };
        return next with { Hash = SealForms.HashOf(next) };
    }

    private static LedgerSeal Of(string id, LedgerSealKind kind, string report, SealedContent content, DateTimeOffset now) => new()
    {
        Number = 0,
        Of = id,
        Kind = kind,
        Report = report,
        Content = content.Hash,
        Records = content.Records,
        Quarantined = content.Quarantined,
        Changes = content.Changes,
        Previous = SealDocuments.None,
        SealedAt = SealDocuments.TimeOf(SealDocuments.TextOf(now)),
        Hash = "",
    };
}
