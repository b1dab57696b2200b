using System.Security.Cryptography;
using Billing.Amendments;
using Billing.Fingerprints;

namespace Billing.Runs;

/// <summary>
/// Gathers what the seal of a run covers, while it runs: a batch is hashed while the next one is written, so the store need not be read again. Where a write failed, the store is asked
/// for those records when the run ends.
/// </summary>
internal sealed class RunContent(IAmendableStore ledger, string runId, SealTip tip) : IDisposable
{
    // Rows in quarantine are asked for when the run ends. Of more than these, the keys are not kept.
    private const int MostKeys = 200_000;

    private readonly SealDigests _digests = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<SealedItem> _items = [];
    private readonly List<BillingRecord> _doubtful = [];
    private readonly HashSet<RecordKey> _quarantined = [];
    private readonly HashSet<RecordKey> _changed = [];
    private readonly SealMarks _marks = new();
    private Task _hashing = Task.CompletedTask;
    private SealedItem _last = new(long.MinValue, 0, default);
    private bool _isInOrder = true;

    /// <summary>Whether the ledger may hold something else than it reported. It is read again then.</summary>
    public bool IsDoubtful { get; set; }

    /// <summary>Adds what the ledger stored of a batch, in the order of the source.</summary>
    public async ValueTask AddAsync(Batch batch, IReadOnlyList<WriteOutcome> outcomes)
    {
        List<BillingRecord> stored = new(outcomes.Count);
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Stored)
            {
                stored.Add(batch.Pending[i].Record);
            }
        }

        if (stored.Count > 0)
        {
            await _hashing.ConfigureAwait(false);
            _hashing = Task.Run(() => Add(stored), CancellationToken.None);
        }
    }

    /// <summary>Adds a batch of which nobody knows what the ledger stored.</summary>
    public void Doubt(Batch batch) => _doubtful.AddRange(batch.Pending.Select(pending => pending.Record));

    /// <summary>Notes rows that the run puts into quarantine, before they are written.</summary>
    public void Quarantine(IEnumerable<QuarantinedRecord> rows)
    {
        lock (_quarantined)
        {
            foreach (QuarantinedRecord row in rows.Where(row => _quarantined.Count < MostKeys))
            {
                _quarantined.Add(row.Key);
            }
        }
    }

    /// <summary>Notes a change of a record, before it is made.</summary>
    public void Change(RecordKey key)
    {
        lock (_changed)
        {
            _changed.Add(key);
        }
    }

    /// <summary>Seals the run, which has ended.</summary>
    /// <returns>Whether it is sealed.</returns>
    public async ValueTask<bool> SealAsync(IngestReport run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _hashing.ConfigureAwait(false);
        List<SealedItem> quarantined = await QuarantinedAsync(run, cancellationToken).ConfigureAwait(false);
        IReadOnlyCollection<Sha256Digest> changes = run.Delivery is null ? [] : await SealedChanges.OfAsync(ledger, runId, _changed, cancellationToken).ConfigureAwait(false);
        await ResolveDoubtsAsync(cancellationToken).ConfigureAwait(false);
        SealedContent content = !_isInOrder || IsDoubtful
            ? await (await SealReading.BeginAsync(ledger, expected: null, cancellationToken).ConfigureAwait(false)).ContentOfRunAsync(runId, cancellationToken).ConfigureAwait(false)
            : SealedContent.End(_hash, _marks, quarantined, changes);
        return await SealWriter.AddAsync(ledger, SealWriter.Of(run, content, now), content.Marks, tip, cancellationToken).ConfigureAwait(false) is not null;
    }

    public void Dispose() => _hash.Dispose();

    private void Add(List<BillingRecord> stored)
    {
        _digests.AddTo(_items, stored);

        // What comes after a batch in doubt waits: its place is before it.
        if (_doubtful.Count == 0)
        {
            Hash();
        }
    }

    private void Hash()
    {
        _items.Sort();
        if (_items.Count > 0)
        {
            _isInOrder &= _items[0].CompareTo(_last) > 0;
            SealedContent.Append(_hash, _items);
            _last = _items[^1];
            _marks.Add(_items, areQuarantined: false);
            _items.Clear();
        }
    }

    private async ValueTask ResolveDoubtsAsync(CancellationToken cancellationToken)
    {
        if (_doubtful.Count == 0)
        {
            Hash();
            return;
        }

        IReadOnlyList<BillingRecord?> found = await ledger.FindAllAsync([.. _doubtful.Select(record => record.Key).Distinct()], cancellationToken).ConfigureAwait(false);
        _digests.AddTo(_items, [.. found.OfType<BillingRecord>().Where(record => record.RunId == runId)]);
        Hash();
    }

    // A row that another run put there first is that run's.
    private async ValueTask<List<SealedItem>> QuarantinedAsync(IngestReport run, CancellationToken cancellationToken)
    {
        List<SealedItem> rows = [];
        if (_quarantined.Count == 0)
        {
            return rows;
        }

        QuarantineQuery own = new() { RunId = runId, IncludeResolved = true };
        await foreach (QuarantinedRecord row in ledger.GetAllQuarantineAsync(own with { SourceName = run.Source }, cancellationToken).ConfigureAwait(false))
        {
            _quarantined.Remove(row.Key);
            rows.Add(SealedItem.Of(row.Source, _digests.Of(row)));
        }

        // A listing may lag. The rows of a replay are in quarantine already.
        foreach (RecordKey key in run.ReplayOf is null ? _quarantined : [])
        {
            foreach (QuarantinedRecord row in (await ledger.GetQuarantineAsync(own with { Key = key }, cancellationToken).ConfigureAwait(false)).Items)
            {
                rows.Add(SealedItem.Of(row.Source, _digests.Of(row)));
            }
        }

        return rows;
    }
}
