using System.Runtime.CompilerServices;

namespace Billing.Amendments;

/// <summary>Checks the seals of a store, and all that they cover.</summary>
internal sealed class SealVerification(IAmendableStore store, IReadOnlyList<LedgerHead> heads)
{
    // What is not sealed is named so often; the rest is counted.
    private const int MostNamed = 20;

    private readonly SealChain _chain = new(heads);
    private readonly SortedDictionary<string, SealedRun> _runs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LedgerEntry> _entries = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<StoreFault> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (LedgerDocument document in SealDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            foreach (StoreFault fault in _chain.Check(document))
            {
                yield return fault;
            }
        }

        foreach (StoreFault fault in _chain.Finish())
        {
            yield return fault;
        }

        if (_chain.Seals.Count == 0)
        {
            yield break;
        }

        await foreach (StoreFault fault in CheckReportsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return fault;
        }

        SealReading reading = await SealReading.BeginAsync(store, _runs.Values.Sum(run => run.Stored), cancellationToken).ConfigureAwait(false);
        foreach (StoreFault fault in new EntryChecks(_runs, _entries).Check(reading.History))
        {
            yield return fault;
        }

        await foreach (StoreFault fault in new ClosingChecks(store, _entries).RunAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return fault;
        }

        // What an erasure says proves something only if it is sealed.
        foreach (string id in reading.History.Erased.EntryIds.Where(id => !_chain.Seals.ContainsKey(id) || !_entries.TryGetValue(id, out LedgerEntry? entry) || entry.Kind != LedgerEntryKind.Erasure).Order(StringComparer.Ordinal))
        {
            yield return Fault(StoreFaultKind.History, id, $"What {id} says was erased proves nothing: it is not an erasure that was sealed. If it was interrupted, erase again: that ends it and seals it.");
        }

        await foreach (StoreFault fault in CheckContentsAsync(reading, cancellationToken).ConfigureAwait(false))
        {
            yield return fault;
        }

        foreach (string lost in reading.History.Lost)
        {
            yield return await LostAsync(lost, cancellationToken).ConfigureAwait(false);
        }
    }

    private static StoreFault Fault(StoreFaultKind kind, string id, string detail) => new() { Kind = kind, RunId = id, Detail = detail };

    private async IAsyncEnumerable<StoreFault> CheckReportsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = EntryDocuments.Kind }, cancellationToken).ConfigureAwait(false))
        {
            if (EntryDocuments.TryRead(document) is not { } entry)
            {
                yield return Fault(StoreFaultKind.SealedReport, document.Id, $"Entry {document.Id} was changed: it cannot be read any more.");
                continue;
            }

            _entries.Add(entry.Id, entry);
            if (Broken(entry.Id, LedgerSealKind.Entry, SealForms.HashOf(entry)) is { } seal)
            {
                yield return Fault(StoreFaultKind.SealedReport, entry.Id, $"Entry {entry.Id}, the {entry}, is not what was sealed with seal {seal.Number}: what it says was changed.");
            }
        }

        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (StoreFault fault in Check(run))
            {
                yield return fault;
            }
        }

        foreach ((string id, List<LedgerSeal> seals) in _chain.Seals.OrderBy(pair => pair.Value[0].Number))
        {
            if (_runs.ContainsKey(id) || _entries.ContainsKey(id))
            {
                continue;
            }

            // A listing may lag.
            if (seals[0].Kind == LedgerSealKind.Run && await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false) is { } run)
            {
                foreach (StoreFault fault in Check(run))
                {
                    yield return fault;
                }
            }
            else if (await store.FindDocumentAsync(EntryDocuments.Kind, id, cancellationToken).ConfigureAwait(false) is null)
            {
                yield return Fault(StoreFaultKind.SealedMissing, id, $"The {SealDocuments.TextOf(seals[0].Kind)} {id} is gone. Seal {seals[0].Number} is of it: {SealTexts.Counts(seals[0])}.");
            }
        }
    }

    private IEnumerable<StoreFault> Check(IngestReport run)
    {
        _runs[run.RunId] = new SealedRun(run.Source, run.RevertedBy, SealMaker.HasEnded(run), run.Stored.Rows);
        if (Broken(run.RunId, LedgerSealKind.Run, SealForms.HashOf(run)) is { } seal)
        {
            yield return Fault(StoreFaultKind.SealedReport, run.RunId, $"Run {run.RunId} of {run.Source}: its report is not the one that was sealed with seal {seal.Number}.");
        }
    }

    // A run that two sealed at once has two seals.
    private LedgerSeal? Broken(string id, LedgerSealKind kind, string hash) =>
        _chain.Seals.GetValueOrDefault(id)?.Find(seal => seal.Kind != kind || seal.Report != hash);

    private async IAsyncEnumerable<StoreFault> CheckContentsAsync(SealReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int notSealed = 0;
        foreach ((string id, SealedRun run) in _runs)
        {
            SealedContent content = await reading.ContentOfRunAsync(id, cancellationToken).ConfigureAwait(false);
            if (!_chain.Seals.TryGetValue(id, out List<LedgerSeal>? seals))
            {
                if (++notSealed <= MostNamed)
                {
                    yield return Fault(StoreFaultKind.NotSealed, id, $"Run {id} of {run.Source} {(run.HasEnded ? "has ended and is not sealed. billing seal seals it" : "is listed as running, and is not sealed until it has ended")}: {SealTexts.Counts(content)}.");
                }
            }
            else if (seals.Find(seal => seal.Content != content.Hash) is { } seal)
            {
                await foreach (StoreFault fault in new SealSuspects(store, id, run).FindAsync(seal, content, cancellationToken).ConfigureAwait(false))
                {
                    yield return fault;
                }
            }
        }

        foreach (LedgerEntry entry in _entries.Values)
        {
            SealedContent content = reading.ContentOfEntry(entry.Id);
            if (!_chain.Seals.TryGetValue(entry.Id, out List<LedgerSeal>? seals))
            {
                if (++notSealed <= MostNamed)
                {
                    yield return Fault(StoreFaultKind.NotSealed, entry.Id, $"Entry {entry.Id}, the {entry}, {(entry.EndedAt is null ? "has not ended: make it again, and it goes on" : "has ended and is not sealed. billing seal seals it")}: {SealTexts.Counts(content)}.");
                }
            }
            else if (seals.Find(seal => seal.Content != content.Hash) is { } seal)
            {
                yield return Fault(StoreFaultKind.SealedContent, entry.Id, $"Entry {entry.Id}, the {entry}: its changes are not those that were sealed with seal {seal.Number}. {SealTexts.Difference(seal, content)}");
            }
        }

        if (notSealed > MostNamed)
        {
            yield return Fault(StoreFaultKind.NotSealed, "", FormattableString.Invariant($"{notSealed - MostNamed} more runs and entries are not sealed. billing seal seals those that have ended."));
        }
    }

    private async ValueTask<StoreFault> LostAsync(string changeId, CancellationToken cancellationToken)
    {
        int stroke = changeId.LastIndexOf('/');
        LedgerDocument? document = await store.FindDocumentAsync(ChangeDocuments.Kind, changeId, cancellationToken).ConfigureAwait(false);
        BillingRecord? made = document is null ? null : ChangeDocuments.Read(document).To;
        bool isThere = made is not null && await store.FindAsync(made.Key, cancellationToken).ConfigureAwait(false) is not null;
        return new StoreFault
        {
            Kind = StoreFaultKind.History,
            RunId = made?.RunId ?? changeId[..stroke],
            Key = made?.Key,
            Source = made?.Source,
            Detail = $"The record {made} (key {changeId[(stroke + 1)..]}) is {(isThere ? "not as" : "gone, although")} {changeId[..stroke]} left it{(isThere ? "" : " there")}: it was {(isThere ? "edited" : "removed")} without an entry.",
        };
    }
}
