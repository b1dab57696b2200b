namespace Billing.Amendments;

/// <summary>
/// Whose the rows in quarantine are. A row keeps the run and the place of its first delivery, as its seal covers them; where that run was taken back, it is the row of the first run that
/// delivered it too.
/// </summary>
internal sealed class QuarantineHeirs
{
    private readonly HashSet<string> _reverted;
    private readonly Dictionary<KeyPrefix, (int At, DeliveredRow Row)> _heirs = [];
    private readonly List<IngestReport> _runs = [];

    private QuarantineHeirs(HashSet<string> reverted) => _reverted = reverted;

    /// <summary>Whether no run was taken back: every row is that of its run.</summary>
    public bool IsNone => _reverted.Count == 0;

    public static async ValueTask<QuarantineHeirs> LoadAsync(IBillingStore store, CancellationToken cancellationToken)
    {
        QuarantineHeirs heirs = new(new HashSet<string>(StringComparer.Ordinal));
        if (store is not IAmendableStore ledger)
        {
            return heirs;
        }

        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (run.RevertedBy is not null)
            {
                heirs._reverted.Add(run.RunId);
            }
            else if (!run.IsDryRun)
            {
                heirs._runs.Add(run with { Settings = null });
            }
        }

        if (heirs.IsNone)
        {
            return heirs;
        }

        // They are listed newest first.
        heirs._runs.Reverse();
        Dictionary<string, int> places = heirs._runs.Select((run, at) => (run.RunId, at)).ToDictionary(StringComparer.Ordinal);
        await foreach ((string runId, DeliveredRow row) in DeliveredRows.ReadAllAsync(ledger, DeliveredRows.Quarantined, cancellationToken).ConfigureAwait(false))
        {
            if (places.TryGetValue(runId, out int at) && (!heirs._heirs.TryGetValue(row.Key, out (int At, DeliveredRow Row) first) || at < first.At))
            {
                heirs._heirs[row.Key] = (at, row);
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
}
