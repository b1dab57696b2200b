namespace Billing;

/// <summary>What a bundle for an auditor has.</summary>
public sealed record AuditBundleReport
{
    /// <summary>The number of records.</summary>
    public long Records { get; init; }

    /// <summary>The number of rows in quarantine.</summary>
    public long Quarantined { get; init; }

    /// <summary>The number of runs.</summary>
    public long Runs { get; init; }

    /// <summary>The number of entries.</summary>
    public long Entries { get; init; }

    /// <summary>The number of changes.</summary>
    public long Changes { get; init; }

    /// <summary>The number of seals.</summary>
    public long Seals { get; init; }

    /// <summary>The head of the seals; null if nothing is sealed. An auditor needs one that was kept elsewhere: this one proves only that nothing was changed since the export.</summary>
    public LedgerHead? Head { get; init; }

    /// <summary>The number of runs and entries that are not sealed: nothing proves them. <see cref="LedgerSeals.SealAsync"/> seals those that have ended.</summary>
    public long NotSealed { get; init; }

    /// <summary>The SHA-256 of the manifest, which names that of every other file, in lower-case hexadecimal.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>The counts.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records} records, {Quarantined} in quarantine, {Runs} runs, {Entries} entries, {Changes} changes, {Seals} seals; manifest {ManifestSha256}");
}
