namespace Billing;

/// <summary>What an erasure replaced, or would replace.</summary>
public sealed record LedgerErasureReport
{
    /// <summary>The entry; null for a preview, and if there was nothing to erase.</summary>
    public LedgerEntry? Entry { get; init; }

    /// <summary>The number of stored records.</summary>
    public long Records { get; init; }

    /// <summary>The number of changes that kept such records.</summary>
    public long Changes { get; init; }

    /// <summary>The number of rows in quarantine.</summary>
    public long Quarantined { get; init; }

    /// <summary>The number of these rows that were open. They are closed, and cannot be replayed any more: if they are money that is still to come, ingest their source again.</summary>
    public long Closed { get; init; }

    /// <summary>The number of records, changes and rows by field.</summary>
    public IReadOnlyDictionary<string, long> Fields { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>
    /// Where the name still stands, up to 100 places: sealed reports and entries, names of sources, scopes, categories, alerts that were raised. What is there is not erased, because keys,
    /// seals or other rows depend on it.
    /// </summary>
    public IReadOnlyList<string> Remaining { get; init; } = [];

    /// <summary>The counts.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records} records, {Changes} changes, {Quarantined} in quarantine erased; {Remaining.Count} places remain");
}
