namespace Billing.Console.Reports;

/// <summary>What taking something back did.</summary>
internal sealed class RevertStatement(string store, string id)
{
    private readonly Dictionary<(RevertedRecords What, string? RunId), CopyTotals> _shares = [];

    public string Store => store;

    /// <summary>What was to be taken back.</summary>
    public string Id => id;

    /// <summary>The run that was taken back, or null if it was an entry.</summary>
    public IngestReport? Run { get; set; }

    /// <summary>The entry that was taken back, or null if it was a run.</summary>
    public LedgerEntry? Entry { get; set; }

    /// <summary>The entries that were made, the one of <see cref="Id"/> last.</summary>
    public IReadOnlyList<LedgerEntry> Entries { get; set; } = [];

    /// <summary>The quarantined rows that were closed.</summary>
    public int Closed { get; set; }

    /// <summary>The quarantined rows that were opened again.</summary>
    public int Opened { get; set; }

    /// <summary>The names of the sources of runs, by id.</summary>
    public Dictionary<string, string> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>The difference in the reporting currency.</summary>
    public ControlTotals Difference => Entries.Aggregate(ControlTotals.Zero, (sum, entry) => sum + entry.Difference);

    /// <summary>What became of the records, by the run that they are of now.</summary>
    public IEnumerable<(RevertedRecords What, string? RunId, ControlTotals Totals)> Shares =>
        _shares.OrderBy(share => share.Key.What).ThenBy(share => share.Key.RunId, StringComparer.Ordinal).Select(share => (share.Key.What, share.Key.RunId, share.Value.ToControlTotals()));

    public void Add(RecordChange change)
    {
        RevertedRecords what = change switch
        {
            { To: null } => RevertedRecords.TakenOut,
            { From: null } => RevertedRecords.PutBack,
            { From: { } from, To: { } to } when from.Fingerprint == to.Fingerprint && from.RunId != to.RunId => RevertedRecords.Stays,
            _ => RevertedRecords.Restored,
        };
        (RevertedRecords, string?) key = (what, change.To?.RunId);
        if (!_shares.TryGetValue(key, out CopyTotals? totals))
        {
            _shares.Add(key, totals = new CopyTotals());
        }

        totals.Add((change.To ?? change.From)!.Amount);
    }
}
