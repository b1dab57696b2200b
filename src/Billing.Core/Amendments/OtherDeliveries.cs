namespace Billing.Amendments;

/// <summary>Which other runs delivered what a run holds: the first of them keeps it when the run is taken back.</summary>
internal sealed class OtherDeliveries
{
    private readonly IAmendableStore _store;
    private readonly IngestReport[] _others;
    private readonly IngestReport[] _replacing;
    private readonly HashSet<string> _ids;

    // By the run that noted a row, or stored it: the run itself, and those that found its whole source known.
    private readonly ILookup<string, int> _claimants;
    private Dictionary<(KeyPrefix Key, ulong Content), List<Claim>> _claims = [];

    private OtherDeliveries(IAmendableStore store, IngestReport[] others)
    {
        _store = store;
        _others = others;
        _replacing = [.. others.Where(other => other.Delivery is not null)];
        _ids = [.. others.Select(other => other.RunId)];
        _claimants = others
            .SelectMany((other, at) => other.KnownFrom is { } known ? [(other.RunId, At: at), (known, at)] : new[] { (other.RunId, At: at) })
            .ToLookup(pair => pair.RunId, pair => pair.At, StringComparer.Ordinal);
    }

    /// <summary>The runs, in the order in which they began.</summary>
    public IReadOnlyList<IngestReport> All => _others;

    /// <summary>The runs whose delivery replaces, in the order in which they began.</summary>
    public IReadOnlyList<IngestReport> Replacing => _replacing;

    /// <summary>Reads the runs of a store that have not been taken back, without some of them.</summary>
    public static async ValueTask<OtherDeliveries> LoadAsync(IAmendableStore store, IReadOnlyCollection<string> except, CancellationToken cancellationToken)
    {
        List<IngestReport> others = [];
        await foreach (IngestReport other in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!except.Contains(other.RunId) && other.RevertedBy is null && !other.IsDryRun)
            {
                // Settings may be large, and are not needed here.
                others.Add(other with { Settings = null });
            }
        }

        // Newest first.
        others.Reverse();
        return new OtherDeliveries(store, [.. others]);
    }

    /// <summary>Whether it is one of these runs.</summary>
    public bool Has(string runId) => _ids.Contains(runId);

    /// <summary>The runs that found the whole source of a run known.</summary>
    public IEnumerable<IngestReport> KnownFrom(string runId) => _claimants[runId].Select(at => _others[at]).Where(other => other.KnownFrom == runId);

    /// <summary>Looks up once, for many records, which runs noted that they delivered them too. <see cref="FindAsync"/> then answers for these.</summary>
    public async ValueTask PrepareAsync(IEnumerable<BillingRecord> records, CancellationToken cancellationToken)
    {
        _claims = [];
        foreach (BillingRecord record in records)
        {
            _claims[Of(record)] = [];
        }

        await foreach ((string runId, DeliveredRow row) in DeliveredRows.ReadAllAsync(_store, DeliveredRows.Duplicates, cancellationToken).ConfigureAwait(false))
        {
            if (_claims.TryGetValue((row.Key, row.Content), out List<Claim>? claims))
            {
                foreach (int at in _claimants[runId])
                {
                    Add(claims, new Claim(at, row.Line, row.ByteOffset));
                }
            }
        }
    }

    /// <summary>Returns the first run that delivered a record too, and where it stood there; null if no other one did, or if what it delivered was replaced since.</summary>
    public async ValueTask<(IngestReport Run, RecordSource Source)?> FindAsync(BillingRecord record, CancellationToken cancellationToken)
    {
        if (!_claims.TryGetValue(Of(record), out List<Claim>? noted))
        {
            await PrepareAsync([record], cancellationToken).ConfigureAwait(false);
            noted = _claims[Of(record)];
        }

        // Who found the whole source of the record's run known delivered it at the same place.
        IEnumerable<Claim> known = _claimants[record.RunId].Where(at => _others[at].KnownFrom == record.RunId).Select(at => new Claim(at, record.Source.Line, record.Source.ByteOffset));
        foreach (Claim claim in noted.Concat(known).Where(claim => _others[claim.At].RunId != record.RunId).OrderBy(claim => claim.At))
        {
            if (!await IsReplacedSinceAsync(record, _others[claim.At], cancellationToken).ConfigureAwait(false))
            {
                return (_others[claim.At], new RecordSource(_others[claim.At].Source, claim.Line, claim.ByteOffset));
            }
        }

        return null;
    }

    private static (KeyPrefix, ulong) Of(BillingRecord record) => (KeyPrefix.Of(record.Key), DeliveredRow.ContentOf(record.Fingerprint));

    // Where nothing replaces, only the first counts.
    private void Add(List<Claim> claims, Claim claim)
    {
        if (_replacing.Length > 0 || claims.Count == 0)
        {
            claims.Add(claim);
        }
        else if (claim.At < claims[0].At)
        {
            claims[0] = claim;
        }
    }

    // What a later delivery replaced does not come back with an earlier one.
    private async ValueTask<bool> IsReplacedSinceAsync(BillingRecord record, IngestReport since, CancellationToken cancellationToken)
    {
        foreach (IngestReport other in _replacing)
        {
            if (string.CompareOrdinal(other.RunId, since.RunId) > 0
                && await ReplacedRecords.FindAsync(_store, other.RunId, record.Key, cancellationToken).ConfigureAwait(false) is { } change
                && (change.To is null || change.From?.Fingerprint == record.Fingerprint))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Claim(int At, long Line, long ByteOffset);
}
