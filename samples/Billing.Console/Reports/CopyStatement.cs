namespace Billing.Console.Reports;

/// <summary>What became of every record of a store that was copied: read = stored + duplicate + conflict + refused.</summary>
internal sealed class CopyStatement(string from, string to)
{
    /// <summary>The most records that are named one by one; all are counted.</summary>
    public const int MostNamed = 1_000;

    private readonly CopyTotals _read = new();
    private readonly CopyTotals[] _outcomes = [new(), new(), new(), new()];
    private readonly List<(BillingRecord Record, WriteOutcome Outcome)> _notCopied = [];
    private readonly List<StoreDifference> _deletions = [];
    private int _earlyExitCode = Console.ExitCode.Success;

    public string From => from;

    public string To => to;

    public ControlTotals Read => _read.ToControlTotals();

    /// <summary>The rows of the quarantine that the target has now.</summary>
    public long Quarantined { get; set; }

    /// <summary>The runs that the target has now.</summary>
    public long Runs { get; set; }

    /// <summary>The documents of its history that the target has now: entries, what they changed, what each run delivered.</summary>
    public long Documents { get; set; }

    /// <summary>Conflicts and refusals, the first <see cref="MostNamed"/>.</summary>
    public IReadOnlyList<(BillingRecord Record, WriteOutcome Outcome)> NotCopied => _notCopied;

    /// <summary>What the target has and the source has not, records and quarantined rows.</summary>
    public long DeletionCount { get; private set; }

    /// <summary>The first <see cref="MostNamed"/> of them.</summary>
    public IReadOnlyList<StoreDifference> Deletions => _deletions;

    /// <summary>What ended it early, or null.</summary>
    public string? Error { get; private set; }

    public bool IsBalanced => Read.Equals(this[WriteOutcomeKind.Stored] + this[WriteOutcomeKind.Duplicate] + this[WriteOutcomeKind.Conflict] + this[WriteOutcomeKind.Refused]);

    public int ExitCode => Error is not null ? _earlyExitCode
        : !IsBalanced ? Console.ExitCode.Failed
        : this[WriteOutcomeKind.Conflict].Rows + this[WriteOutcomeKind.Refused].Rows > 0 ? Console.ExitCode.Differences
        : Console.ExitCode.Success;

    /// <summary>The records with that outcome.</summary>
    public ControlTotals this[WriteOutcomeKind kind] => _outcomes[(int)kind].ToControlTotals();

    /// <summary>Counts records that were read.</summary>
    public void Count(IReadOnlyList<BillingRecord> records)
    {
        foreach (BillingRecord record in records)
        {
            _read.Add(record.Amount);
        }
    }

    /// <summary>Counts what became of them.</summary>
    public void Count(IReadOnlyList<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes)
    {
        for (int i = 0; i < outcomes.Count; i++)
        {
            _outcomes[(int)outcomes[i].Kind].Add(records[i].Amount);
            if (outcomes[i].Kind is WriteOutcomeKind.Conflict or WriteOutcomeKind.Refused && _notCopied.Count < MostNamed)
            {
                _notCopied.Add((records[i], outcomes[i]));
            }
        }
    }

    /// <summary>Counts what only the target has.</summary>
    public void Delete(StoreDifference difference)
    {
        DeletionCount++;
        if (_deletions.Count < MostNamed)
        {
            _deletions.Add(difference);
        }
    }

    /// <summary>Says what ended it early.</summary>
    public void EndEarly(int exitCode, string error)
    {
        _earlyExitCode = exitCode;
        Error = error;
    }
}
