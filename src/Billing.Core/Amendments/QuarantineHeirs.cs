namespace Billing.Amendments;

/// <summary>
/// Whose the rows in quarantine are. A row keeps the run and the place of its first delivery, as its seal covers them; where that run was taken back, it is the row of the first run that
/// delivered it too.
/// </summary>
internal sealed class QuarantineHeirs
{
    private readonly HashSet<string> _reverted = new(StringComparer.Ordinal);
    private readonly Dictionary<KeyPrefix, (int At, DeliveredRow Row)> _heirs = [];
    private readonly List<IngestReport> _runs = [];

    private QuarantineHeirs()
    {
    }

    /// <summary>Whether every row is that of its run.</summary>
    public bool IsNone => _heirs.Count == 0;

    public static async ValueTask<QuarantineHeirs> LoadAsync(IBillingStore store, CancellationToken cancellationToken)
    {
        QuarantineHeirs heirs = new();
        if (store is IAmendableStore ledger)
        {
            await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
            {
                heirs.Add(run);
            }

            if (heirs._reverted.Count > 0)
            {
                await heirs.LoadRowsAsync(ledger, cancellationToken).ConfigureAwait(false);
            }
        }

        return heirs;
    }

    /// <summary>Returns a row as that of the run whose it is.</summary>
    public QuarantinedRecord Of(QuarantinedRecord row)
    {
        if (!_reverted.Contains(row.RunId) || !_heirs.TryGetValue(KeyPrefix.Of(row.Key), out (int At, DeliveredRow Row) heir))
        {
            return row;
        }

        IngestReport run = _runs[heir.At];
        return row.Of(run.RunId, new RecordSource(run.Source, heir.Row.Line, heir.Row.ByteOffset));
    }

    private void Add(IngestReport run)
    {
        if (run.RevertedBy is not null)
        {
            _reverted.Add(run.RunId);
        }
        else if (!run.IsDryRun)
        {
            // Settings may be large, and are not needed here.
            _runs.Add(run with { Settings = null });
        }
    }

    private async ValueTask LoadRowsAsync(IAmendableStore ledger, CancellationToken cancellationToken)
    {
        // They are listed newest first.
        _runs.Reverse();
        Dictionary<string, int> places = _runs.Select((run, at) => (run.RunId, at)).ToDictionary(StringComparer.Ordinal);
        HashSet<KeyPrefix> left = [];
        await foreach ((string runId, DeliveredRow row) in DeliveredRows.ReadAllAsync(ledger, DeliveredRows.Quarantined, cancellationToken).ConfigureAwait(false))
        {
            if (_reverted.Contains(runId))
            {
                left.Add(row.Key);
            }
            else if (places.TryGetValue(runId, out int at) && (!_heirs.TryGetValue(row.Key, out (int At, DeliveredRow Row) first) || at < first.At))
            {
                _heirs[row.Key] = (at, row);
            }
        }

        foreach (KeyPrefix key in _heirs.Keys.Where(key => !left.Contains(key)).ToArray())
        {
            _heirs.Remove(key);
        }
    }
}
