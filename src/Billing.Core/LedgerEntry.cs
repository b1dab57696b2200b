namespace Billing;

/// <summary>An entry of the ledger that changes records which are stored already. The ledger keeps what they were: <see cref="RecordChange"/>.</summary>
public sealed record LedgerEntry
{
    /// <summary>The id. Ids of entries and of runs sort together by time.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>The number of the entry among those of its kind, from 1; 0 for kinds that are not numbered. Of a closing, the number of the restatement of its month; 0 for the first closing.</summary>
    public int Number { get; init; }

    /// <summary>The run or the entry that it takes back, or null.</summary>
    public string? Of { get; init; }

    /// <summary>The month that it closes, or null.</summary>
    public BillingMonth? Month { get; init; }

    /// <summary>The SHA-256 of the document that it made, in lower-case hexadecimal: of the closing of a month. Null for entries that made none.</summary>
    public string? Document { get; init; }

    /// <summary>Why, in the words of the person who made it; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, or null while it is under way, or if it was interrupted. Made again, it goes on where it was.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The rows and the money, as invoiced, of the records that left the ledger.</summary>
    public ControlTotals TakenOut { get; init; } = ControlTotals.Zero;

    /// <summary>The rows and the money, as invoiced, of the records that came back.</summary>
    public ControlTotals PutBack { get; init; } = ControlTotals.Zero;

    /// <summary>The number of records that stayed and changed.</summary>
    public long Changed { get; init; }

    /// <summary>The difference that it makes in the reporting currency.</summary>
    public ControlTotals Difference { get; init; } = ControlTotals.Zero;

    /// <summary>The entry that takes this one back, or null.</summary>
    public string? RevertedBy { get; init; }

    /// <summary>The kind, what it takes back or closes, and what it changed.</summary>
    public override string ToString() => Kind == LedgerEntryKind.Closing
        ? FormattableString.Invariant($"closing of {Month}{(Number > 0 ? $", restatement {Number}" : "")}")
        : FormattableString.Invariant($"{Kind.ToString().ToLowerInvariant()}{(Number > 0 ? $" {Number}" : "")}{(Of is null ? "" : $" of {Of}")}: {TakenOut.Rows} taken out, {PutBack.Rows} put back, {Changed} changed{(EndedAt is null ? ", not ended" : "")}");
}
